import Kernels
import Lua

/// A fit as a script holds it.
struct FitObject: ScriptObject {
  static let scriptType = ScriptType("fit")
  let fit: Fit
  let origin: FitOrigin
  /// What it was fitted to, as the script holds it; nil for a fit from a file.
  let data: Matrix?
  /// The same fit of other rows, from a start; nil where that cannot be known any more.
  let refit: (@Sendable (Rows, any Mixture) throws(Failure) -> Fit)?

  init(
    _ fit: Fit, _ origin: FitOrigin, data: Matrix? = nil,
    refit: (@Sendable (Rows, any Mixture) throws(Failure) -> Fit)? = nil
  ) {
    (self.fit, self.origin, self.data, self.refit) = (fit, origin, data, refit)
  }

  var nativeBytes: Int { fit.trace.count * MemoryLayout<Double>.stride }
  var brief: String { "fit of \(fit.k) \(fit.family) components" }
}

extension TypeDeclaration {
  static let fit = TypeDeclaration(
    FitObject.self, "A fitted mixture: the model, how it was found, and how sure that is.",
    methods: [posterior, classify, plotOfFit, save] + .fitDiagnostics,
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(fit)", "The whole story, on one screen.", object, returns: "a string",
          example: "print(em.fit(frame.load(\"faithful\").eruptions, {k = 2}))"
        ) { _, fit in fit.fit.text })
    ],
    fields: [
      Field("model", "distribution", "the fitted mixture") { DistributionObject($0.fit.model) },
      Field("components", "distribution[]", "its components") { $0.fit.model.components.map(DistributionObject.init) },
      Field("weights", "vector", "their shares") { try Vector($0.fit.model.weights) },
      Field("covariance", "string", "of mvnormal components: three letters, such as VEV; else nil") {
        $0.fit.covariance
      },
      Field("aicc", "number", "aic for few rows: smaller is better") { InformationCriterion.aicc.value(of: $0.fit) },
      Field("caic", "number", "bic + df: smaller is better") { InformationCriterion.caic.value(of: $0.fit) },
      Field("sabic", "number", "-2 loglik + df log((n + 2)/24): smaller is better") {
        InformationCriterion.sabic.value(of: $0.fit)
      },
    ] + .ofFit)

  private static let object = Parameter<FitObject>("fit", .object, "the fit")
  private static let rows = Parameter("x", .data, "a vector, or a matrix with a row for each observation")

  private static let posterior = Function(
    "fit:posterior", "How likely each component is to have made each row.", object, rows,
    returns: "a matrix, rows x k; each row sums to 1",
    example: """
      local waiting = frame.load("faithful").waiting
      print(em.fit(waiting, {k = 2}):posterior(waiting))
      """
  ) { _, fit, x in try fit.fit.model.posterior(x) }

  private static let classify = Function(
    "fit:classify", "The component that most likely made each row.", object, rows,
    returns: "a vector of numbers from 1 to k",
    example: """
      local waiting = frame.load("faithful").waiting
      print(em.fit(waiting, {k = 2}):classify(waiting):eq(2):sum())
      """
  ) { _, fit, x in try fit.fit.model.classify(x) }

  private static let save = Function(
    "fit:save", "Writes the fit to a file, which em.load reads: JSON, with doubles that are exact to the last bit.",
    object, Parameter("file", Kind<String>.string, "the path; what was there is replaced"),
    returns: "nothing",
    example: """
      local fit = em.fit(frame.load("faithful").waiting, {k = 2})
      local file = os.tmpname()
      fit:save(file)
      assert(em.load(file).loglik == fit.loglik)
      os.remove(file)
      """
  ) { _, fit, path in
    try JSONFile(path: path).write(FitRecord(fit), indented: true)
    return Nothing()
  }
}

import Kernels
import Lua

extension Function {
  static let emFamily = Function(
    "em.family",
    "A component family of your own, for em.fit: functions of vectors, so that the work inside is native. Without fit, the "
      + "weighted likelihood is maximised numerically.",
    .options([name, parameters, logpdf, fit, gradient, start]),
    returns: "the family, a table",
    example: """
      local laplace = em.family{
        name = "laplace",
        parameters = {location = "real", scale = "positive"},
        logpdf = function(x, p)
          return -(x - p.location):abs() / p.scale - math.log(2 * p.scale)
        end,
        fit = function(x, w)
          local location = stats.weighted_quantile(x, w, 0.5)
          local scale = ((x - location):abs() * w):sum() / w:sum()
          return {location = location, scale = scale}
        end,
      }
      local parts = {dist.laplace(-4, 1), dist.laplace(3, 0.5)}
      local x = dist.mixture({0.4, 0.6}, parts):sample(500)
      print(em.fit(x, {family = laplace, k = 2, seed = 1}))
      """
  ) { call, options in
    // What the options hold has been read: the table is handed back as it came, in a copy.
    Record([
      ("name", options[name]), ("parameters", Record(options[parameters].map { ($0.name, $0.range.rawValue) })),
      ("logpdf", FieldOf(1, "logpdf")), ("fit", FieldOf(1, "fit")), ("gradient", FieldOf(1, "gradient")),
      ("start", FieldOf(1, "start")),
    ])
  }

  private static let name = Parameter("name", Kind<String>.string, "what a summary calls it")
  private static let parameters = Parameter<[(name: String, range: ParameterRange)]>(
    "parameters",
    Kind("a table of ranges by name", type: "table") { call, slot throws -> [(name: String, range: ParameterRange)] in
      try Kind<[ParameterRange]>.named(call, slot)
    }, "names, each with its range: real, positive or probability")
  private static let logpdf = Parameter(
    "logpdf", Kind<Callback>.function,
    "takes a vector x and parameters p by name, returns the log-density of each element")
  private static let fit = Parameter(
    "fit", optional: Kind<Callback>.function, otherwise: "found numerically",
    "takes vectors x and w, returns the parameters of largest weighted likelihood by name")
  private static let gradient = Parameter<GradientSource?>(
    "gradient", optional: GradientSource.kind, otherwise: "differences",
    "without fit: a function of x and p that returns the derivatives of logpdf, a vector for each parameter; 'autodiff'; or "
      + "'differences'")
  private static let start = Parameter(
    "start", optional: Kind<Callback>.function, otherwise: "mean and standard deviation",
    "without fit: takes x and w, returns parameters to search from, at which logpdf is finite")
}

/// A field of the table in a slot, as it is.
struct FieldOf: Pushable {
  let slot: Int32
  let name: String
  init(_ slot: Int32, _ name: String) { (self.slot, self.name) = (slot, name) }

  func push(to call: Call) throws -> Int32 {
    guard call.pushField(slot, name) != nil else { throw ArgumentError("the stack is full") }
    return 1
  }
}

/// What `family` of em.fit may be.
enum FamilyOption: Sendable {
  case names(FamilyNames)
  case script(ScriptFamily)

  var names: FamilyNames? { if case .names(let names) = self { names } else { nil } }
}

extension Kind where Value == FamilyOption {
  static var familyOption: Kind {
    let names = Kind<FamilyNames>.familyNames
    return Kind("\(names.wanted), or from em.family", type: "\(names.type)|table") {
      call, slot throws -> FamilyOption? in
      if let family = try ScriptFamily(call, slot) { return .script(family) }
      do { return .names(try names.read(call, slot)) } catch is Mismatch { return nil }
    }
    .offering(names.words)
  }
}

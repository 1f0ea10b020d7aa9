import Kernels
import Lua

/// A smoothed density as a script holds it.
struct KdeObject: ScriptObject {
  static let scriptType = ScriptType("kde")
  let density: KernelDensity
  var nativeBytes: Int { density.x.count * MemoryLayout<Double>.stride }
  var brief: String { "kde of \(density.x.count)" }

  fileprivate func values(_ x: Numeric) throws -> Numeric {
    switch x {
    case .number(let x): .number(try density.density(at: try Vector([x]))[0])
    case .vector(let v): .vector(try density.density(at: v))
    case .matrix(let m):
      .matrix(Matrix(try density.density(at: m.elements).storage, rows: m.rows, columns: m.columns))
    }
  }
}

extension TypeDeclaration {
  static let kde = TypeDeclaration(
    KdeObject.self, "The density of a sample, smoothed.",
    methods: [
      Function(
        "kde:pdf", "The density at places.", object, places, returns: "numbers in the shape of x",
        example: "print(stats.kde({1, 2, 4}):pdf{0, 2})"
      ) { _, f, x in try f.values(x) },
      Function(
        "kde:grid",
        "Places in equal steps from three bandwidths below the sample to three above it, and the density there.",
        object, Parameter("n", .integer(2...10_000_000), default: 512, "how many"), returns: "two vectors of n",
        example: "local x, y = stats.kde({1, 2, 4}):grid(100)\nprint(x, y)"
      ) { _, f, n in
        let (sample, reach) = (f.density.x, 3 * f.density.bandwidth)
        let x = try Vector.linspace(try sample.min() - reach, try sample.max() + reach, n)
        return Results(x, try f.density.density(at: x))
      },
    ],
    operators: [
      Operator(
        "__call",
        Function(
          "kde(x)", "The density at places.", object, places, returns: "numbers in the shape of x",
          example: "print(stats.kde({1, 2, 4})(2))"
        ) { _, f, x in try f.values(x) }),
      Operator(
        "__tostring",
        Function(
          "tostring(kde)", "How large the sample is, and the bandwidth.", object, returns: "a string",
          example: "print(stats.kde{1, 2, 4})"
        ) { _, f in "kde · n = \(f.density.x.count) · bandwidth \(text(f.density.bandwidth))" }),
    ],
    fields: [
      Field("bandwidth", "number", "standard deviation of the normal densities") { $0.density.bandwidth },
      Field("n", "integer", "the size of the sample") { $0.density.x.count },
    ])

  private static let object = Parameter<KdeObject>("self", .object, "the kde")
  private static let places = Parameter<Numeric>("x", .numeric, "a number or an array")
}

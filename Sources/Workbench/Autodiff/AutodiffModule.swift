import Kernels
import Lua

extension Module {
  static let autodiff = Module(
    "autodiff",
    "Derivatives of Lua functions, exact to rounding: forward differentiation, which may be nested. Inside, use autodiff.log "
      + "and the like for math.log, methods of vectors, and logpdf of distributions.",
    functions: [derivative, gradient, hessian] + elementary + [atan, log, pow, fmod, max, min, modf])

  private static let derivative = Function(
    "autodiff.derivative", "The derivative of a function of one number.",
    Parameter("f", .functionSlot, "takes a number and returns one; also an array, element by element"),
    returns: "a function of a number, a vector or a matrix, which answers in kind",
    example: """
      local f = function(x) return x * autodiff.log(x) end
      print(autodiff.derivative(f)(2))
      print(autodiff.derivative(autodiff.derivative(f))(2))  --> 0.5
      """
  ) { _, f in BoundFunction("derivative", to: f) }

  private static let gradient = Function(
    "autodiff.gradient", "The derivatives of a function of several numbers, by each of them.",
    Parameter("f", .functionSlot, "takes a vector and returns a number"),
    returns: "a function of a vector, which returns a vector",
    example: """
      local x = vector{1, 3, 8}
      local loglik = function(p) return dist.normal(p[1], p[2]):logpdf(x):sum() end
      print(autodiff.gradient(loglik){4, 2})
      """
  ) { _, f in BoundFunction("gradient", to: f) }

  private static let hessian = Function(
    "autodiff.hessian", "The second derivatives of a function of several numbers, by each pair of them.",
    Parameter("f", .functionSlot, "takes a vector and returns a number"),
    returns: "a function of a vector, which returns a matrix",
    example: "print(autodiff.hessian(function(x) return x[1] ^ 2 * x[2] end){3, 5})"
  ) { _, f in BoundFunction("hessian", to: f) }

  /// Of one argument.
  private static let elementary = DualFunction.allCases.filter { $0 != .atan && $0 != .log }.map { function in
    Function(
      "autodiff.\(function.rawValue)", function.summary, x, returns: "a number or an array, as x is",
      example: "print(autodiff.derivative(autodiff.\(function.rawValue))(0.5))"
    ) { _, x in try function(x) }
  }

  private static let atan = Function(
    "autodiff.atan", "The angle of the point (x, y), in the right quarter; of one argument, the arc tangent.",
    Parameter<Dual>("y", .dual, "a number or an array"),
    Parameter<Dual?>("x", optional: .dual, otherwise: "1", "a number or an array"), returns: "a number or an array",
    example: "local f = function(t) return autodiff.atan(t, 2) end\nprint(autodiff.derivative(f)(1))  --> 0.4"
  ) { _, y, x in if let x { try Dual.atan2(y, x) } else { try DualFunction.atan(y) } }

  private static let log = Function(
    "autodiff.log", "The logarithm to a base.", x,
    Parameter<Dual?>("base", optional: .dual, otherwise: "e", "a number"), returns: "a number or an array",
    example: "print(autodiff.derivative(autodiff.log)(4))  --> 0.25"
  ) { _, x, base in
    let natural = try DualFunction.log(x)
    return if let base { try natural / DualFunction.log(base) } else { natural }
  }

  private static let pow = Function(
    "autodiff.pow", "x to the power of y, as x ^ y.", x, Parameter<Dual>("y", .dual, "a number or an array"),
    returns: "a number or an array", example: "print(autodiff.derivative(function(x) return autodiff.pow(x, 3) end)(2))"
  ) { _, x, y in try BinaryOperation.power(x, y) }

  private static let fmod = Function(
    "autodiff.fmod", "The remainder of x / y that has the sign of x.", x,
    Parameter<Dual>("y", .dual, "a number or an array"), returns: "a number or an array",
    example: "local f = function(x) return autodiff.fmod(7, x) end\nprint(autodiff.derivative(f)(2))  --> -3.0"
  ) { _, x, y in try Dual.fmod(x, y) }

  private static let max = Function(
    "autodiff.max", "The largest of its arguments, element by element.", each: x, returns: "a number or an array",
    example: "local f = function(x) return autodiff.max(x, x * x, 0) end\nprint(autodiff.derivative(f)(3))  --> 6.0"
  ) { _, all in try all.dropFirst().reduce(all[0]) { try Dual.maximum($0, $1) } }

  private static let min = Function(
    "autodiff.min", "The smallest of its arguments, element by element.", each: x, returns: "a number or an array",
    example: "local f = function(x) return autodiff.min(x, x * x) end\nprint(autodiff.derivative(f)(3))  --> 1.0"
  ) { _, all in try all.dropFirst().reduce(all[0]) { try Dual.minimum($0, $1) } }

  private static let modf = Function(
    "autodiff.modf", "The whole part of a number, rounded towards zero, and the rest.", x,
    returns: "two numbers or arrays",
    example: "print(autodiff.modf(-3.5))  --> -3.0  -0.5"
  ) { _, x in
    let whole = try DualFunction.sign(x) * DualFunction.floor(DualFunction.abs(x))
    return Results(whole, try x - whole)
  }

  private static let x = Parameter<Dual>("x", .dual, "a number or an array")
}

extension [Function] {
  /// What the functions above answer with.
  static let derivatives = [
    Function("derivative", "The derivative of the function it is bound to.", point, returns: "as x", example: "") {
      call, x in
      let level = Dual.newLevel()
      let value = try call.boundCallback(call, x.variable(level), returning: .dual)
      return try value.slopes(level, count: 1)[0]
    },
    Function("gradient", "The gradient of the function it is bound to.", point, returns: "a vector", example: "") {
      call, x in
      let (n, level) = (try x.variableCount, Dual.newLevel())
      let value = try call.number(at: try x.variables(level))
      return try Dual.stacked(try value.slopes(level, count: n))
    },
    Function("hessian", "The Hessian of the function it is bound to.", point, returns: "a matrix", example: "") {
      call, x in
      let (n, outer, inner) = (try x.variableCount, Dual.newLevel(), Dual.newLevel())
      let value = try call.number(at: try x.variables(outer).variables(inner))
      return try Dual.stackedRows(
        try value.slopes(inner, count: n).map { try Dual.stacked(try $0.slopes(outer, count: n)) })
    },
  ]

  private static let point = Parameter<Dual>("x", .dual, "where")
}

extension Dual {
  fileprivate var variableCount: Int {
    get throws {
      guard case .vector(let x) = primal, x.count > 0 else {
        throw ArgumentError("x", mustBe: "a vector or a table of numbers", got: "a \(primal.named)")
      }
      // Forward differentiation holds a slope along each variable for each number.
      guard x.count <= 10_000 else { throw ArgumentError("x must have at most 10000 numbers, got \(x.count)") }
      return x.count
    }
  }
}

extension Call {
  /// The bound function's result, a number.
  fileprivate func number(at x: Dual) throws -> Dual {
    let value = try boundCallback(self, x, returning: .dual)
    guard case .number = value.primal else {
      throw ArgumentError("the function's result", mustBe: "a number", got: "a \(value.primal.named)")
    }
    return value
  }
}

extension DualFunction {
  fileprivate var summary: String {
    switch self {
    case .abs: "The absolute value; the slope at 0 is 0."
    case .acos: "The arc cosine, in radians."
    case .asin: "The arc sine, in radians."
    case .atan: "The arc tangent, in radians."
    case .ceil: "The smallest integer that is not below."
    case .cos: "The cosine of an angle in radians."
    case .cosh: "The hyperbolic cosine."
    case .deg: "An angle in degrees, from radians."
    case .exp: "e to the power of x."
    case .expm1: "exp(x) - 1, exact for small x."
    case .floor: "The largest integer that is not above."
    case .lgamma: "The logarithm of the gamma function, for x > 0."
    case .log: "The natural logarithm."
    case .log10: "The logarithm to base 10."
    case .log1p: "log(1 + x), exact for small x."
    case .rad: "An angle in radians, from degrees."
    case .round: "The nearest integer; halves go to the even one."
    case .sign: "1, 0 or -1, as the sign is."
    case .sin: "The sine of an angle in radians."
    case .sinh: "The hyperbolic sine."
    case .sqrt: "The square root."
    case .tan: "The tangent of an angle in radians."
    case .tanh: "The hyperbolic tangent."
    }
  }
}

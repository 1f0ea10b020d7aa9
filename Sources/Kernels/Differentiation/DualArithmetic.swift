extension Dual {
  package static func + (a: Dual, b: Dual) throws(Failure) -> Dual {
    if case .constant(let x) = a, case .constant(let y) = b { return .constant(try BinaryOperation.add(x, y)) }
    let level = max(a.level, b.level)
    let ((x, xSlopes), (y, ySlopes)) = (a.split(at: level), b.split(at: level))
    return .make(level: level, value: try x + y, slopes: try sum(xSlopes, ySlopes))
  }

  package static prefix func - (a: Dual) throws(Failure) -> Dual {
    try a.applyingLinear { (x) throws(Failure) in try UnaryOperation.negative(x) }
  }

  package static func - (a: Dual, b: Dual) throws(Failure) -> Dual {
    if case .constant(let x) = a, case .constant(let y) = b { return .constant(try BinaryOperation.subtract(x, y)) }
    let level = max(a.level, b.level)
    let ((x, xSlopes), (y, ySlopes)) = (a.split(at: level), b.split(at: level))
    let falling = try ySlopes.eachMoving { (slope) throws(Failure) in try -slope }
    return .make(level: level, value: try x - y, slopes: try sum(xSlopes, falling))
  }

  package static func * (a: Dual, b: Dual) throws(Failure) -> Dual {
    // Most factors of slopes are the 1 of a variable.
    if case .constant(.number(1)) = a { return b }
    if case .constant(.number(1)) = b { return a }
    return try combining(
      a, b, { (x, y) throws(Failure) in try BinaryOperation.multiply(x, y) },
      da: { (_, b, _) throws(Failure) in b }, db: { (a, _, _) throws(Failure) in a })
  }

  package static func / (a: Dual, b: Dual) throws(Failure) -> Dual {
    try combining(
      a, b, { (x, y) throws(Failure) in try BinaryOperation.divide(x, y) },
      da: { (_, b, _) throws(Failure) in try 1 / b }, db: { (_, b, value) throws(Failure) in try -(value / b) })
  }

  package static func + (a: Dual, b: Double) throws(Failure) -> Dual { try a + .number(b) }
  package static func + (a: Double, b: Dual) throws(Failure) -> Dual { try .number(a) + b }
  package static func - (a: Dual, b: Double) throws(Failure) -> Dual { try a - .number(b) }
  package static func - (a: Double, b: Dual) throws(Failure) -> Dual { try .number(a) - b }
  package static func * (a: Double, b: Dual) throws(Failure) -> Dual { try .number(a) * b }
  package static func / (a: Dual, b: Double) throws(Failure) -> Dual { try a / .number(b) }
  package static func / (a: Double, b: Dual) throws(Failure) -> Dual { try .number(a) / b }

  /// aᵇ. Slopes by b are 0 where a is.
  package static func power(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    try combining(
      a, b, { (x, y) throws(Failure) in try BinaryOperation.power(x, y) },
      da: { (a, b, _) throws(Failure) in
        if case .constant(.number(let exponent)) = b {
          return exponent == 0 ? .number(0) : try exponent * power(a, .number(exponent - 1))
        }
        return try b * power(a, b - 1)
      },
      db: { (a, _, value) throws(Failure) in try timesLog(value, a) })
  }

  /// a − ⌊a/b⌋·b, as Lua's `%`.
  package static func modulo(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    try combining(
      a, b, { (x, y) throws(Failure) in try BinaryOperation.modulo(x, y) },
      da: { (_, _, _) throws(Failure) in .number(1) },
      db: { (a, b, _) throws(Failure) in
        .constant(try UnaryOperation.negative(try BinaryOperation.floorDivide(a.primal, b.primal)))
      })
  }

  /// ⌊a/b⌋: constant between its steps.
  package static func floorDivide(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    .constant(try BinaryOperation.floorDivide(a.primal, b.primal))
  }

  /// The smaller of two, element by element, with its slopes; those of a where they are equal.
  package static func minimum(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    try select(try BinaryOperation.le(a.primal, b.primal), a, b)
  }

  /// The larger of two.
  package static func maximum(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    try select(try BinaryOperation.ge(a.primal, b.primal), a, b)
  }

  /// a where the mask is not 0, else b.
  static func select(_ mask: Numeric, _ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    try a.kept(where: mask) + b.kept(where: try BinaryOperation.eq(mask, .number(0)))
  }

  /// x where the mask is not 0, else 0 without slopes, even where x is infinite or NaN.
  func kept(where mask: Numeric) throws(Failure) -> Dual {
    let spread = try spread(like: mask)
    return try spread.applyingLinear { (x) throws(Failure) in
      try x.combined(with: mask) { $1 != 0 ? $0 : 0 }
    }
  }

  /// The same slopes at another value: for a value that is known better than by the formula that gave the slopes.
  func at(_ value: Numeric) -> Dual {
    switch self {
    case .constant: .constant(value)
    case .moving(let motion): .make(level: motion.level, value: motion.value.at(value), slopes: motion.slopes)
    }
  }
}

// The operations of arrays, of duals.

extension UnaryOperation {
  package func callAsFunction(_ x: Dual) throws(Failure) -> Dual {
    if case .constant(let x) = x { return .constant(try self(x)) }
    switch self {
    case .negative: return try -x
    case .abs: return try DualFunction.abs(x)
    case .sign: return try DualFunction.sign(x)
    case .sqrt: return try DualFunction.sqrt(x)
    case .exp: return try DualFunction.exp(x)
    case .expm1: return try DualFunction.expm1(x)
    case .log: return try DualFunction.log(x)
    case .log1p: return try DualFunction.log1p(x)
    case .floor: return try DualFunction.floor(x)
    case .ceil: return try DualFunction.ceil(x)
    case .round: return try DualFunction.round(x)
    case .isnan, .isfinite: return .constant(try self(x.primal))
    }
  }
}

extension BinaryOperation {
  package func callAsFunction(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    if case .constant(let x) = a, case .constant(let y) = b { return .constant(try self(x, y)) }
    switch self {
    case .add: return try a + b
    case .subtract: return try a - b
    case .multiply: return try a * b
    case .divide: return try a / b
    case .floorDivide: return try Dual.floorDivide(a, b)
    case .modulo: return try Dual.modulo(a, b)
    case .power: return try Dual.power(a, b)
    case .minimum: return try Dual.minimum(a, b)
    case .maximum: return try Dual.maximum(a, b)
    case .eq, .ne, .lt, .le, .gt, .ge: return .constant(try self(a.primal, b.primal))
    }
  }
}

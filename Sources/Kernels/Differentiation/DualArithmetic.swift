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

// Sums, parts and products.
extension Dual {
  package func sum() throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in
      if case .number = x { x } else { .number(try x.content.vector.sum()) }
    }
  }

  /// The sum of each row of a matrix.
  func rowSums() throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in .vector(try x.asMatrix.rowSums()) }
  }

  func columnSums() throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in .vector(try x.asMatrix.columnSums()) }
  }

  func transposed() throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in .matrix(try x.asMatrix.transposed()) }
  }

  /// Element i of a vector, from 0. Slopes that are 0 there are left out.
  package func element(_ i: Int) throws(Failure) -> Dual {
    let part = try applyingLinear { (x) throws(Failure) in
      if case .number = x { x } else { .number(try x.content.vector[i]) }
    }
    return part.withoutZeroSlopes
  }

  private var withoutZeroSlopes: Dual {
    guard case .moving(let motion) = self else { return self }
    let slopes = motion.slopes.map { slope -> Dual? in
      if case .constant(.number(0))? = slope { return nil }
      return slope
    }
    return .make(level: motion.level, value: motion.value.withoutZeroSlopes, slopes: slopes)
  }

  /// Some elements of a vector, from 0.
  package func slice(_ range: Range<Int>) throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in .vector(try x.content.vector.slice(range)) }
  }

  /// The elements of a vector beside which a mask is not 0.
  package func elements(where mask: Vector) throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in .vector(try x.content.vector.where(mask)) }
  }

  /// Elements of a vector by their indices, in the shape of `indices`.
  func elements(at indices: Numeric) throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in
      let elements = try x.content.vector
      return try indices.mapped { index in
        guard let i = Int(exactly: index), i >= 0, i < elements.count else { return 0 }
        return elements[i]
      }
    }
  }

  /// Columns of a matrix; of one column, a vector.
  func columns(_ range: Range<Int>) throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in
      let m = try x.asMatrix
      if range.count == 1 { return .vector(m.column(range.lowerBound)) }
      return .matrix(
        Matrix(m.storage, offset: m.offset + range.lowerBound * m.rows, rows: m.rows, columns: range.count))
    }
  }

  /// A number of rows that are all this vector.
  func repeated(rows: Int) throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in
      let v = try x.content.vector
      let m = try Matrix(uninitializedRows: rows, columns: v.count)
      for j in 0..<v.count { for i in 0..<rows { m[i, j] = v[j] } }
      return .matrix(m)
    }
  }

  /// A matrix, or a vector where b is one.
  package static func matmul(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    try combiningBilinear(a, b) { (a, b) throws(Failure) in
      if case .vector(let x) = b { return .vector(try a.asMatrix.matmul(x)) }
      return .matrix(try a.asMatrix.matmul(try b.asMatrix))
    }
  }

  /// x with a·x = b for a square matrix a and the columns of b: dx = a⁻¹·(db − da·x).
  static func solve(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    if case .constant(let a) = a, case .constant(let b) = b {
      return .constant(.matrix(try a.asMatrix.solve(try b.asMatrix)))
    }
    let level = max(a.level, b.level)
    let ((m, mSlopes), (y, ySlopes)) = (a.split(at: level), b.split(at: level))
    let x = try solve(m, y)
    let pulled = try mSlopes.eachMoving { (slope) throws(Failure) in
      try -matmul(try slope.spread(like: m.primal), x)
    }
    let sides = try sum(ySlopes.eachMoving { (slope) throws(Failure) in try slope.spread(like: y.primal) }, pulled)
    return .make(level: level, value: x, slopes: try sides.eachMoving { (side) throws(Failure) in try solve(m, side) })
  }

  /// log det a of a positive definite matrix: d log det a = tr(a⁻¹·da).
  func logDeterminant() throws(Failure) -> Dual {
    switch self {
    case .constant(let x): return .number(try Cholesky(of: try x.asMatrix).logDeterminant)
    case .moving(let motion):
      let value = motion.value
      return .make(
        level: motion.level, value: try value.logDeterminant(),
        slopes: try motion.slopes.eachMoving { (slope) throws(Failure) in
          try Dual.solve(value, try slope.spread(like: value.primal)).trace()
        })
    }
  }

  private func trace() throws(Failure) -> Dual {
    try applyingLinear { (x) throws(Failure) in .number(try x.asMatrix.trace()) }
  }

  /// Numbers as a vector.
  package static func stacked(_ parts: [Dual]) throws(Failure) -> Dual {
    let level = parts.reduce(0) { max($0, $1.level) }
    guard level > 0 else {
      return .constant(.vector(try Vector(parts.map { if case .number(let x) = $0.primal { x } else { .nan } })))
    }
    let split = parts.map { $0.split(at: level) }
    let count = split.reduce(0) { max($0, $1.slopes.count) }
    var slopes: [Dual?] = []
    for variable in 0..<count {
      let along = split.map { $0.slopes.isEmpty ? nil : $0.slopes[variable] }
      slopes.append(
        along.allSatisfy { $0 == nil } ? nil : try stacked(along.map { $0 ?? .number(0) }))
    }
    return .make(level: level, value: try stacked(split.map(\.value)), slopes: slopes)
  }

  /// Vectors of one length as the rows of a matrix.
  package static func stackedRows(_ rows: [Dual]) throws(Failure) -> Dual {
    var elements: [Dual] = []
    let width = rows.first?.primal.elementCount ?? 0
    for row in rows {
      guard row.primal.elementCount == width else { throw Failure(.shape, "rows must be of one length") }
    }
    for j in 0..<width { for row in rows { elements.append(try row.element(j)) } }
    let count = rows.count
    return try stacked(elements).applyingLinear { (x) throws(Failure) in
      .matrix(try x.content.vector.reshaped(count, width))
    }
  }
}

extension Numeric.Content {
  /// A number as a vector of one.
  fileprivate var vector: Vector {
    get throws(Failure) {
      switch self {
      case .number(let x): try Vector([x])
      case .elements(let x): x
      }
    }
  }
}

extension Numeric {
  fileprivate var asMatrix: Matrix {
    get throws(Failure) {
      guard case .matrix(let m) = self else { throw Failure(.shape, "a matrix is wanted, got a \(named)") }
      return m
    }
  }

  /// f of every element, one at a time.
  func mapped(_ f: (Double) -> Double) throws(Failure) -> Numeric {
    switch content {
    case .number(let x): return .number(f(x))
    case .elements(let x):
      let result = try Vector(uninitialized: x.count)
      try Vector.eachChunk(x.count) { range in for i in range { result[i] = f(x[i]) } }
      return shaping(result)
    }
  }

  /// f of pairs of elements.
  func combined(with other: Numeric, _ f: (Double, Double) -> Double) throws(Failure) -> Numeric {
    let shape = try joined(with: other)
    if case .number(let x) = self, case .number(let y) = other { return .number(f(x, y)) }
    let (a, b) = (try content.vector, try other.content.vector)
    let (p, q) = (elementCount == 1 && a.count == 1 ? 0 : 1, other.elementCount == 1 && b.count == 1 ? 0 : 1)
    let result = try Vector(uninitialized: shape.elementCount)
    try Vector.eachChunk(result.count) { range in for i in range { result[i] = f(a[i * p], b[i * q]) } }
    return shape.shaping(result)
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

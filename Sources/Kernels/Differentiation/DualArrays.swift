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
  var vector: Vector {
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

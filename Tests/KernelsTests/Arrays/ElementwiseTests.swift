import Glibc
import Kernels
import Testing

private let special: [Double] = [
  0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, -7, 0x1p-1030, 1e300, -1e300, .infinity, -.infinity, .nan,
]

private let unary: [UnaryOperation: @Sendable (Double) -> Double] = [
  .negative: { -$0 }, .abs: Swift.abs, .sign: { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, .sqrt: Glibc.sqrt,
  .exp: Kernels.exp, .expm1: Kernels.expm1, .log: Kernels.log, .log1p: Kernels.log1p,
  .floor: Glibc.floor, .ceil: Glibc.ceil, .round: Glibc.rint,
  .isnan: { $0.isNaN ? 1 : 0 }, .isfinite: { $0.isFinite ? 1 : 0 },
]

@Test(arguments: UnaryOperation.allCases)
func unaryOperationsAgreeWithScalars(operation: UnaryOperation) throws {
  let scalar = try #require(unary[operation])
  guard case .vector(let values) = try operation(.vector(try Vector(special))) else { throw Failure(.shape, "") }
  for (x, value) in zip(special, values.array) {
    #expect(same(value, scalar(x)), "\(operation) of \(x)")
    guard case .number(let number) = try operation(Numeric.number(x)) else { throw Failure(.shape, "") }
    #expect(same(number, value))
  }
}

private let binary: [BinaryOperation: @Sendable (Double, Double) -> Double] = [
  .add: { $0 + $1 }, .subtract: { $0 - $1 }, .multiply: { $0 * $1 }, .divide: { $0 / $1 },
  .floorDivide: { Glibc.floor($0 / $1) },
  .modulo: { (a: Double, b: Double) -> Double in
    // The definition in the Lua 5.4 manual, by C's fmod, which is exact.
    let m = Glibc.fmod(a, b)
    return m > 0 && b < 0 || m < 0 && b > 0 ? m + b : m
  },
  .power: Kernels.pow,
  .minimum: { $0.isNaN || $1.isNaN ? .nan : Glibc.fmin($0, $1) },
  .maximum: { $0.isNaN || $1.isNaN ? .nan : Glibc.fmax($0, $1) },
  .eq: { $0 == $1 ? 1 : 0 }, .ne: { $0 != $1 ? 1 : 0 }, .lt: { $0 < $1 ? 1 : 0 }, .le: { $0 <= $1 ? 1 : 0 },
  .gt: { $0 > $1 ? 1 : 0 }, .ge: { $0 >= $1 ? 1 : 0 },
]

/// Every pair of special numbers, as vector and vector, vector and number, number and vector, and number and number.
@Test(arguments: BinaryOperation.allCases)
func binaryOperationsAgreeWithScalars(operation: BinaryOperation) throws {
  let scalar = try #require(binary[operation])
  let pairs = special.flatMap { x in special.map { (x, $0) } }
  let (left, right) = (try Vector(pairs.map { $0.0 }), try Vector(pairs.map { $0.1 }))
  guard case .vector(let both) = try operation(.vector(left), .vector(right)) else { throw Failure(.shape, "") }
  for (i, (x, y)) in pairs.enumerated() {
    // Of two zeros of different sign, either may be the smaller.
    #expect(same(both[i], scalar(x, y)) || both[i] == scalar(x, y), "\(x) \(operation) \(y)")
    guard case .vector(let a) = try operation(.vector(try Vector([x, x])), .number(y)),
      case .vector(let b) = try operation(.number(x), .vector(try Vector([y, y]))),
      case .number(let c) = try operation(Numeric.number(x), Numeric.number(y))
    else { throw Failure(.shape, "") }
    #expect(same(a[1], both[i]) && same(b[1], both[i]) && same(c, both[i]))
  }
}

@Test(arguments: [0, 1, 7, 8, 9, 100_003])
func everyLengthIsCovered(n: Int) throws {
  let x = try Vector.linspace(-3, 5, n)
  guard case .vector(let y) = try BinaryOperation.multiply(.vector(x), .vector(x)) else { throw Failure(.shape, "") }
  #expect(y.count == n)
  #expect((0..<n).allSatisfy { y[$0] == x[$0] * x[$0] })
}

/// A view of a column reads and writes nothing beside it.
@Test func viewsStayInside() throws {
  let matrix = try Matrix(rows: [[1, 4, 7], [2, 5, 8], [3, 6, 9]])
  guard case .vector(let sum) = try BinaryOperation.add(.vector(matrix.column(1)), .vector(matrix.column(2))),
    case .matrix(let twice) = try BinaryOperation.multiply(.number(2), .matrix(matrix)),
    case .matrix(let mask) = try BinaryOperation.gt(.matrix(matrix), .matrix(try matrix.transposed()))
  else { throw Failure(.shape, "") }
  #expect(sum.array == [11, 13, 15])
  #expect(twice.rows == 3 && twice[2, 1] == 12)
  #expect(mask.elements.array == [0, 0, 0, 1, 0, 0, 1, 1, 0])
  #expect(matrix.elements.array == [1, 2, 3, 4, 5, 6, 7, 8, 9])
}

@Test func shapesMustAgree() throws {
  let (v3, v4) = (Numeric.vector(try Vector.zeros(3)), Numeric.vector(try Vector.zeros(4)))
  let m12 = Numeric.matrix(try Matrix.zeros(1, 2))
  let m21 = Numeric.matrix(try Matrix.zeros(2, 1))
  for (a, b, message) in [
    (v3, v4, "vector of 3 and vector of 4"), (v3, m12, "vector of 3 and matrix of 1 x 2"),
    (m21, m12, "matrix of 2 x 1 and matrix of 1 x 2"),
  ] {
    let failure = #expect(throws: Failure.self) { try BinaryOperation.add(a, b) }
    #expect(failure == Failure(.shape, "the shapes differ: " + message))
  }
}

private func same(_ a: Double, _ b: Double) -> Bool { a.bitPattern == b.bitPattern || a.isNaN && b.isNaN }

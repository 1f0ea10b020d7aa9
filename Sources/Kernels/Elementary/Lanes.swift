/// One double, or eight side by side: what the elementary functions are written in, once, so that a number by itself and the
/// same number in a vector get the same bits.
protocol Lanes {
  /// A truth value for each lane.
  associatedtype Mask
  /// A `UInt64` for each lane; their arithmetic wraps.
  associatedtype Integers: LaneIntegers where Integers.Doubles == Self

  init(repeating value: Double)
  /// The doubles with these bits.
  init(bits: Integers)
  var bits: Integers { get }

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self
  /// self + a·b, rounded once.
  func addingProduct(_ a: Self, _ b: Self) -> Self
  func squareRoot() -> Self

  static func .< (a: Self, b: Double) -> Mask
  static func .> (a: Self, b: Double) -> Mask
  static func .== (a: Self, b: Double) -> Mask
  static func .!= (a: Self, b: Self) -> Mask
  func replacing(with other: Self, where mask: Mask) -> Self
  /// Whether it is so in one lane, at least.
  static func any(_ mask: Mask) -> Bool
}

protocol LaneIntegers {
  associatedtype Doubles: Lanes

  init(repeating value: UInt64)
  static func &+ (a: Self, b: Self) -> Self
  static func &- (a: Self, b: Self) -> Self
  static func &<< (a: Self, b: Self) -> Self
  static func &>> (a: Self, b: Self) -> Self
}

extension SIMD8<Double>: Lanes {
  typealias Mask = SIMDMask<SIMD8<Int64>>
  typealias Integers = SIMD8<UInt64>

  @inline(__always) init(bits: SIMD8<UInt64>) { self = unsafeBitCast(bits, to: SIMD8<Double>.self) }
  @inline(__always) var bits: SIMD8<UInt64> { unsafeBitCast(self, to: SIMD8<UInt64>.self) }
  @inline(__always) static func any(_ mask: Mask) -> Bool {
    SIMD8<Double>.zero.replacing(with: 1, where: mask).sum() > 0
  }
}

extension SIMD8<UInt64>: LaneIntegers {
  typealias Doubles = SIMD8<Double>
}

extension Double: Lanes {
  typealias Mask = Bool
  typealias Integers = UInt64

  @inline(__always) init(repeating value: Double) { self = value }
  @inline(__always) init(bits: UInt64) { self.init(bitPattern: bits) }
  @inline(__always) var bits: UInt64 { bitPattern }
  @inline(__always) static func .< (a: Double, b: Double) -> Bool { a < b }
  @inline(__always) static func .> (a: Double, b: Double) -> Bool { a > b }
  @inline(__always) static func .== (a: Double, b: Double) -> Bool { a == b }
  @inline(__always) static func .!= (a: Double, b: Double) -> Bool { a != b }
  @inline(__always) func replacing(with other: Double, where mask: Bool) -> Double { mask ? other : self }
  @inline(__always) static func any(_ mask: Bool) -> Bool { mask }
}

extension UInt64: LaneIntegers {
  typealias Doubles = Double

  @inline(__always) init(repeating value: UInt64) { self = value }
}

extension Lanes {
  /// |x|.
  @inline(__always)
  var absolute: Self { replacing(with: -self, where: self .< 0) }

  /// c₀ + c₁·x + c₂·x² + …, by Horner's rule.
  @inline(__always)
  func polynomial<let n: Int>(_ coefficients: InlineArray<n, Double>) -> Self {
    var sum = Self(repeating: coefficients[n - 1])
    // A loop over `stride` would not be unrolled.
    var i = n - 1
    while i > 0 {
      i -= 1
      sum = Self(repeating: coefficients[i]).addingProduct(sum, self)
    }
    return sum
  }
}

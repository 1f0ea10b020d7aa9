/// A decreasing density on x ≥ 0, covered by 1024 layers of equal area: a draw falls under the curve at once in 997 of 1000 cases.
///
/// G. Marsaglia, W. W. Tsang, The ziggurat method for generating random variables, 2000, doi:10.18637/jss.v005.i08; the layer
/// and the place in it come from different bits (J. A. Doornik, An improved ziggurat method, 2005).
struct Ziggurat: @unchecked Sendable {
  private static let layers = 1024
  /// Right ends of the layers, from the lowest, which holds the tail, to 0 at the top; and heights of the curve there. One more
  /// than layers each, never freed.
  private let edges, heights: UnsafePointer<Double>
  private let density: @Sendable (Double) -> Double

  /// `start`: where the tail begins; `area` of a layer: `start`·density(`start`) and the tail's.
  init(
    start: Double, area: Double, density: @escaping @Sendable (Double) -> Double, inverse: (Double) -> Double
  ) {
    let n = Ziggurat.layers
    let edges = UnsafeMutablePointer<Double>.allocate(capacity: n + 1)
    let heights = UnsafeMutablePointer<Double>.allocate(capacity: n + 1)
    (edges[0], edges[1], edges[n]) = (area / density(start), start, 0)
    for i in 2..<n { edges[i] = inverse(area / edges[i - 1] + density(edges[i - 1])) }
    for i in 0...n { heights[i] = density(edges[i]) }
    self.edges = UnsafePointer(edges)
    self.heights = UnsafePointer(heights)
    self.density = density
  }

  /// The draw that a word makes alone, else nil. Its upper 53 bits and the lower 10 are used.
  @inline(__always)
  func draw(_ word: UInt64) -> Double? {
    let (x, layer) = place(word)
    return x < edges[layer &+ 1] ? x : nil
  }

  /// A draw whose first word is `word`; `tail` makes one beyond `start`.
  func draw(_ word: UInt64, _ words: inout Words, tail: (inout Words) -> Double) -> Double {
    var (x, layer) = place(word)
    while x >= edges[layer + 1] {
      if layer == 0 { return tail(&words) }
      let y = heights[layer] + words.uniform() * (heights[layer + 1] - heights[layer])
      if y < density(x) { break }
      (x, layer) = place(words.next())
    }
    return x
  }

  @inline(__always)
  private func place(_ word: UInt64) -> (x: Double, layer: Int) {
    let layer = Int(truncatingIfNeeded: word & 0x3FF)
    return (Double(word >> 11) * 0x1p-53 * edges[layer], layer)
  }
}

struct Ziggurats: Sendable {
  let normal = Ziggurat(
    start: normalStart, area: 0x1.417941005fc17p-10, density: { exp(-0.5 * $0 * $0) },
    inverse: { (-2 * log($0)).squareRoot() })
  let exponential = Ziggurat(
    start: exponentialStart, area: 0x1.00d124e6e20b9p-10, density: { exp(-$0) }, inverse: { -log($0) })

  static let shared = Ziggurats()
}

/// Exponential numbers with mean 1.
struct StandardExponentialSampler: Sampler {
  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? { words.exponential(0) }
  func sample(_ words: inout Words) -> Double { words.exponential() }
}

/// Normal numbers with mean 0 and variance 1.
struct StandardNormalSampler: Sampler {
  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? { words.normal(0) }
  func sample(_ words: inout Words) -> Double { words.normal() }
}

extension Words {
  /// Exponential with mean 1.
  package mutating func exponential() -> Double {
    // Beyond `start` the density is the same again.
    Ziggurats.shared.exponential.draw(next(), &self) { $0.exponentialTail() }
  }

  /// Normal with mean 0 and variance 1.
  package mutating func normal() -> Double {
    let word = next()
    return Words.signed(Ziggurats.shared.normal.draw(word, &self) { $0.normalTail() }, word)
  }

  /// ±x, by a bit that the ziggurat leaves. No branch, which would go either way as often.
  @inline(__always)
  static func signed(_ x: Double, _ word: UInt64) -> Double {
    Double(bitPattern: x.bitPattern | (word & 0x400) << 53)
  }

  private mutating func exponentialTail() -> Double { exponentialStart - log(openUniform()) }

  /// G. Marsaglia, Generating a variable from the tail of the normal distribution, 1964.
  private mutating func normalTail() -> Double {
    while true {
      let x = -log(openUniform()) / normalStart
      if -2 * log(openUniform()) > x * x { return normalStart + x }
    }
  }
}

// Starts and areas: Scripts/reference/ziggurat.py.
private let normalStart = 0x1.027c84109fad5p+2
private let exponentialStart = 0x1.28327ffc807cfp+3

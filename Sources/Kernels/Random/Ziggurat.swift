/// A decreasing density on x ≥ 0, covered by 256 layers of equal area: a draw falls under the curve at once in 99 of 100 cases.
///
/// G. Marsaglia, W. W. Tsang, The ziggurat method for generating random variables, 2000, doi:10.18637/jss.v005.i08; the layer
/// and the place in it come from different bits (J. A. Doornik, An improved ziggurat method, 2005).
struct Ziggurat: Sendable {
  /// Right ends of the layers, from the lowest, which holds the tail, to 0 at the top.
  private let edges: [Double]
  /// Heights of the curve at the edges.
  private let heights: [Double]
  private let density: @Sendable (Double) -> Double

  /// `start`: where the tail begins; `area` of a layer: `start`·density(`start`) and the tail's.
  init(
    start: Double, area: Double, density: @escaping @Sendable (Double) -> Double, inverse: (Double) -> Double
  ) {
    var edges = [area / density(start), start]
    while edges.count < 256 {
      let x = edges[edges.count - 1]
      edges.append(inverse(area / x + density(x)))
    }
    self.edges = edges + [0]
    self.heights = self.edges.map(density)
    self.density = density
  }

  /// A draw whose first word is `word`; `tail` makes one beyond `start`. The upper 53 bits and the lower 8 are used here.
  @inline(__always)
  func draw(_ word: UInt64, _ words: inout Words, tail: (inout Words) -> Double) -> Double {
    var word = word
    while true {
      let layer = Int(word & 0xFF)
      let x = Double(word >> 11) * 0x1p-53 * edges[layer]
      if x < edges[layer + 1] { return x }
      if layer == 0 { return tail(&words) }
      let y = heights[layer] + words.uniform() * (heights[layer + 1] - heights[layer])
      if y < density(x) { return x }
      word = words.next()
    }
  }
}

extension Words {
  /// Exponential with mean 1.
  @inline(__always)
  package mutating func exponential() -> Double {
    // Beyond `start` the density is the same again.
    exponentialLayers.draw(next(), &self) { $0.exponentialTail() }
  }

  /// Normal with mean 0 and variance 1.
  @inline(__always)
  package mutating func normal() -> Double {
    let word = next()
    let x = normalLayers.draw(word, &self) { $0.normalTail() }
    return word & 0x100 == 0 ? x : -x
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
private let normalStart = 0x1.d3bb48209ad33p+1
private let exponentialStart = 0x1.ec9d9297ebb83p+2

private let normalLayers = Ziggurat(
  start: normalStart, area: 0x1.43016a5a43732p-8, density: { exp(-0.5 * $0 * $0) },
  inverse: { (-2 * log($0)).squareRoot() })

private let exponentialLayers = Ziggurat(
  start: exponentialStart, area: 0x1.02d84bc4b0285p-8, density: { exp(-$0) }, inverse: { -log($0) })

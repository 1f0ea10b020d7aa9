import Kernels
import Plotting
import Testing

@Suite struct HistogramTests {
  private func histogram(_ x: [Double], _ bins: HistogramLayer.Bins = .automatic, isDensity: Bool = false) throws
    -> HistogramLayer
  {
    try HistogramLayer(try Vector(x), bins: bins, isDensity: isDensity, Color.group(0), alpha: 1, label: "")
  }

  @Test func theLastEdgeBelongsToTheLastBin() throws {
    #expect(try histogram([0, 0.5, 1, 1.5, 2], .edges([0, 1, 2])).heights == [2, 3])
    #expect(try histogram([-1, 0, 3, .nan, .infinity], .edges([0, 1, 2])).heights == [1, 0])
  }

  /// A value on an edge belongs to the bin above it.
  @Test func edgesOfTenths() throws {
    let x = (0...10).map { Double($0) / 10 }
    #expect(try histogram(x, .count(10)).heights == [1, 1, 1, 1, 1, 1, 1, 1, 1, 2])
  }

  @Test func areaOfADensityIsOne() throws {
    let layer = try histogram([1, 2, 2.5, 4, 7, 7.1, 9], .edges([0, 1.5, 3, 10]), isDensity: true)
    let area = zip(layer.heights, zip(layer.edges, layer.edges.dropFirst())).reduce(0) { $0 + $1.0 * ($1.1.1 - $1.1.0) }
    #expect(abs(area - 1) < 1e-15)
    #expect(abs(layer.heights[1] - 2 / (7 * 1.5)) < 1e-15)
  }

  /// Freedman and Diaconis: quartiles of 0…999 are 249.75 and 749.25, so bins are about 99.9 wide: 10 of them; Sturges wants 11.
  @Test func automaticBins() throws {
    let layer = try histogram((0..<1000).map { Double($0) * 1.5 })
    #expect(layer.heights.count == 11 && layer.heights.reduce(0, +) == 1000)
    let whole = try histogram([0, 1, 1, 2, 5])
    #expect(whole.edges.first == -0.5 && whole.edges[1] == 0.5 && whole.heights.reduce(0, +) == 5)
  }

  @Test func hostileData() throws {
    #expect(throws: Failure.self) { try histogram([]) }
    #expect(throws: Failure.self) { try histogram([.nan]) }
    #expect(throws: Failure.self) { try histogram([1, 2], .edges([1, 1])) }
    #expect(throws: Failure.self) { try histogram([-1e308, 1e308]) }
    #expect(try histogram([3, 3, 3]).heights.reduce(0, +) == 3)
    #expect(try histogram([1e300, 2e300, 3e300]).heights.reduce(0, +) == 3)
    #expect(try histogram([1e-300, 2e-300]).heights.reduce(0, +) == 2)
    #expect(try histogram([1, 1.0.nextUp], .count(10)).heights.reduce(0, +) == 2)
  }
}

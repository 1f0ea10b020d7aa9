import Kernels
import Plotting
import Testing

@Suite struct HistogramTests {
  @Test func theLastEdgeBelongsToTheLastBin() throws {
    let x = try Vector([0, 0.5, 1, 1.5, 2])
    let histogram = try Histogram(x, bins: .edges([0, 1, 2]), isDensity: false, Color.group(0), alpha: 1, label: "")
    #expect(histogram.heights == [2, 3])
  }
}

import Testing

@testable import Kernels

@Suite struct ModifiedBesselTests {
  // Terms of the size of ν·log(ν + r) are added, which near a zero of the sum leave their rounding.
  @Test(arguments: Reference.rows("modified_bessel"))
  func agreesWithMpmath(_ row: Reference.Row) {
    let bessel = ModifiedBessel(order: 0.5 * row[0] - 1, row[1])
    expect(bessel.logScaled, row[2], within: 1e-14, absolute: 1e-14 * max(1, row[0] / 10), "log")
    expect(bessel.ratio, row[3], within: 2e-14, "ratio")
    expect(bessel.complement, row[4], within: 5e-14, "1 - ratio")
    expect(bessel.slope, row[5], within: 1e-11, "slope")
  }

  @Test func edges() {
    let zero = ModifiedBessel(order: 0, 0)
    #expect(zero.logScaled == 0 && zero.ratio == 0 && zero.complement == 1 && zero.slope == 0.5)
    let vast = ModifiedBessel(order: 4, 1e300)
    #expect(vast.ratio == 1 && vast.logScaled.isFinite)
    expect(vast.complement, 4.5e-300, within: 1e-14)
  }
}

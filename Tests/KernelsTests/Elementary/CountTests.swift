import Testing

@testable import Kernels

@Suite struct CountTests {
  // Near the mean the deviance is a square of an exact difference; far from it, a difference of terms some ten times larger.
  @Test(arguments: Reference.rows("counts"))
  func agreesWithMpmath(_ row: Reference.Row) {
    switch row.cells[0] {
    case "logFactorial": #expect(ulps(logFactorial(row[1]), row[4]) <= 3)
    case "stirlingError": #expect(ulps(stirlingError(row[1]), row[4]) <= 3)
    default: #expect(ulps(deviance(row[1], trials: row[2], p: row[3]), row[4]) <= 16)
    }
  }
}

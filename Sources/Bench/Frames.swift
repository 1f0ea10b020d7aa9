import Glibc
import Kernels
import Workbench

/// Tables from files and to them. `Scripts/bench/csv` holds the reading against pandas.
func frameRows() throws -> [Row] {
  let (rows, columns) = (1_000_000, 10)
  let path = "/tmp/perigee-bench-\(getpid()).csv"
  defer { unlink(path) }
  let frame = try Frame((1...columns).map { j in ("x\(j)", .numbers(try spread(rows, seed: j))) })
  let writing = try seconds { try frame.write(to: path) }
  let reading = try medianSeconds(5) { _ = try FrameReader.read(path) }
  return [
    Row("frame.read: 10⁶ x 10 numbers", reading, "s"),
    Row("frame:write: 10⁶ x 10 numbers", writing, "s"),
  ]
}

/// Numbers in 0..<1 with all their digits, in no order.
private func spread(_ count: Int, seed: Int) throws -> Vector {
  try Vector((1...count).map { (Double($0 * seed) * 0.618_033_988_749_894_8).truncatingRemainder(dividingBy: 1) })
}

private func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock().now
  try body()
  return (ContinuousClock().now - start) / .seconds(1)
}

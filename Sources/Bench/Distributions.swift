import Glibc
import Kernels

/// Nanoseconds for each of 10⁷ draws or values, and the memory that is taken beyond theirs. `Scripts/bench/distributions` holds
/// them against NumPy and SciPy.
func distributionRows() throws -> [Row] {
  let n = 10_000_000
  var stream = RandomStream(seed: 1)
  var rows: [Row] = []
  func row(_ name: String, _ body: () throws -> Vector) throws {
    let memory = try MemoryWatch()
    var (seconds, total, runs) = (Double.infinity, 0.0, 0)
    // The best of three, but for what takes long.
    while runs == 0 || runs < 3 && total < 1 {
      let start = ContinuousClock().now
      let result = try body()
      precondition(result.count == n)
      let time = (ContinuousClock().now - start) / .seconds(1)
      (seconds, total, runs) = (min(seconds, time), total + time, runs + 1)
    }
    let beyond = memory.peak() - n * MemoryLayout<Double>.stride
    rows.append(Row(name, seconds / Double(n) * 1e9, "ns", note: "\(max(0, beyond) >> 20) MiB beyond the output"))
  }

  try row("sample uniform") { try stream.uniform(n) }
  let weights = (1...100).map(Double.init)
  try row("sample choice") {
    try weights.withUnsafeBufferPointer { w throws(Failure) in try stream.choiceWithReplacement(n, weights: w) }
  }
  for (name, parameters) in subjects {
    guard let family = Family.named(name),
      let d = try family.make(parameters.map { .number($0) }) as? any UnivariateDistribution
    else { continue }
    try row("sample \(name)") { try d.sample(n, from: &stream) }
    let x = try d.sample(n, from: &stream)
    try row("pdf \(name)") { try d.values(of: d.pdf(_:into:), x) }
    try row("logpdf \(name)") { try d.values(of: d.logpdf(_:into:), x) }
    try row("cdf \(name)") { try d.values(of: d.cdf(_:into:), x, chunk: 512) }
  }
  return rows
}

/// Families that are measured, where they exist, and their parameters.
private let subjects: [(name: String, parameters: [Double])] = [
  ("exponential", [0.5]), ("normal", [0.5, 2]), ("gamma", [2.5, 0.5]), ("beta", [2, 3]), ("t", [5, 0.5, 2]),
  ("lognormal", [0, 0.5]), ("laplace", [0.5, 2]), ("logistic", [0.5, 2]), ("cauchy", [0.5, 2]), ("gumbel", [0.5, 2]),
  ("weibull", [1.5, 2]), ("poisson", [10]), ("binomial", [100, 0.3]), ("von_mises", [0, 2]),
]

/// The most memory that the process held since the watch began, beyond what it held then.
private struct MemoryWatch {
  private let start: Int

  init() throws {
    // Linux sets the high-water mark back to what is held now.
    if let file = fopen("/proc/self/clear_refs", "w") {
      fputs("5", file)
      fclose(file)
    }
    start = MemoryWatch.highWater()
  }

  func peak() -> Int { MemoryWatch.highWater() - start }

  /// In bytes; 0 where the system does not say.
  private static func highWater() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
        separator: "\t")
      if words.first == "VmHWM:" {
        return (words.last?.split(separator: " ").first.flatMap { Int($0) } ?? 0) * 1024
      }
    }
    return 0
  }
}

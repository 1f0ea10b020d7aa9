// Timings of single parts, each with its bar.   usage: Bench [host arrays frame distributions errors]
//                                               Bench bits [streams]   random bits without end
//                                               Bench em-file …        a part of Scripts/bench/em
import Glibc

let suites: [(name: String, rows: () throws -> [Row])] = [
  ("host", hostRows), ("arrays", arrayRows), ("frame", frameRows),
  ("distributions", distributionRows),
  ("errors", errorRows),
]

let chosen = CommandLine.arguments.dropFirst()
if chosen.first == "bits" {
  writeRandomBits(streams: max(1, Int(chosen.dropFirst().first ?? "1") ?? 1))
  exit(0)
}
if chosen.first == "em-file" {
  try fitFile(Array(chosen.dropFirst()))
  exit(0)
}
if let unknown = chosen.first(where: { name in !suites.contains { $0.name == name } }) {
  print("Bench: no suite '\(unknown)' (known: \(suites.map(\.name).joined(separator: ", ")))")
  exit(2)
}
for suite in suites where chosen.isEmpty || chosen.contains(suite.name) {
  print(suite.name)
  for row in try suite.rows() { print(row) }
}

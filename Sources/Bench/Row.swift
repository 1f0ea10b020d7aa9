import Lua

/// One figure and what it is held against.
struct Row: CustomStringConvertible {
  let name: String
  let value: Double
  let unit: String
  let bar: Double?
  let note: String

  init(_ name: String, _ value: Double, _ unit: String, bar: Double? = nil, note: String = "") {
    self.name = name
    self.value = value
    self.unit = unit
    self.bar = bar
    self.note = note
  }

  var description: String {
    let figure = "\(text(value, digits: 3)) \(unit)"
    let against = bar.map { "   bar \(text($0, digits: 3)): \(value <= $0 ? "met" : "missed")" } ?? ""
    return "  \(name.padded(to: 44)) \(figure.padded(to: 14))\(against)\(note)"
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

/// The median of `count` runs of `body`, each in seconds, after one that is not counted.
func medianSeconds(_ count: Int = 9, _ body: () throws -> Void) rethrows -> Double {
  try body()
  let seconds = try (0..<count).map { _ in
    let start = ContinuousClock().now
    try body()
    return (ContinuousClock().now - start) / .seconds(1)
  }
  return seconds.sorted()[count / 2]
}

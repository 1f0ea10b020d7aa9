import Lua

// Numbers below one another, as the summary of a fit shows them.

/// The decimals with which the largest of the numbers has so many digits, from none to ten.
func decimals(of numbers: [Double], digits: Int) -> Int {
  let most = numbers.reduce(0) { max($0, abs($1)) }
  guard most > 0, most < .infinity else { return 0 }
  var (decimals, bound) = (digits - 1, 10.0)
  while decimals > 0, most >= bound { (decimals, bound) = (decimals - 1, bound * 10) }
  while decimals < 10, most < bound / 10 { (decimals, bound) = (decimals + 1, bound / 10) }
  return decimals
}

func fixed(_ x: Double, digits: Int, atMost places: Int) -> String {
  fixed(x, decimals: min(places, decimals(of: [x], digits: digits)))
}

/// With a true minus sign.
func fixed(_ x: Double, decimals: Int) -> String {
  guard x.isFinite, abs(x) < 1e15 else { return Lua.text(x).replacingMinus }
  let scale = (0..<decimals).reduce(1.0) { scale, _ in 10 * scale }
  var text = Lua.text((x * scale).rounded() / scale, digits: 15)
  if text.contains("e") { text = "0" }
  let shown = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 }
  if decimals > 0 { text += (shown == nil ? "." : "") + String(repeating: "0", count: decimals - (shown ?? 0)) }
  return text.replacingMinus
}

/// Blocks of lines beside each other: those that fit on a screen of 80 columns, and how many do not.
func sideBySide(_ blocks: [[String]]) -> (lines: [String], hidden: Int) {
  var end = -1
  let shown = blocks.prefix {
    end += 3 + $0[0].count
    return end <= 80
  }
  let lines = blocks[0].indices.map { i in "  " + shown.map { $0[i] }.joined(separator: "   ") }
  return (lines, blocks.count - shown.count)
}

/// Lines of one width.
func aligned(_ lines: [String], left: Bool) -> [String] {
  let width = lines.map(\.count).max() ?? 0
  return lines.map { line in
    let pad = String(repeating: " ", count: width - line.count)
    return left ? line + pad : pad + line
  }
}

extension String {
  fileprivate var replacingMinus: String { hasPrefix("-") ? "−" + dropFirst() : self }
}

import Kernels

/// A colour of the screen: red, green and blue from 0 to 255.
package struct Color: Sendable, Equatable {
  package let red, green, blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }

  init(_ code: UInt32) {
    self.init(UInt8(code >> 16 & 0xff), UInt8(code >> 8 & 0xff), UInt8(code & 0xff))
  }

  /// `blue` or `#0072b2`; nil where there is no such colour.
  package init?(_ text: String) {
    if let known = Color.named[text] {
      self = known
      return
    }
    let digits = text.dropFirst()
    guard text.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let code = UInt32(digits, radix: 16)
    else { return nil }
    self.init(code)
  }

  /// For things of different kinds, told apart by people who see few colours: M. Okabe, K. Ito, Color universal design (2008).
  package static let groups: [Color] = [0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x7f7f7f, 0x8c564b]
    .map {
      Color($0)
    }

  /// The colour of group or layer `i`, from 0; they come again where there are more.
  package static func group(_ i: Int) -> Color { groups[i % groups.count] }

  /// For amounts, from little to much: light to dark, as ColorBrewer's YlGnBu has it.
  static let ramp: [Color] = [0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x1d91c0, 0x225ea8, 0x253494, 0x081d58].map { Color($0) }

  /// The colour of an amount from 0 to 1.
  static func amount(_ t: Double) -> Color {
    let position = min(max(t, 0), 1) * Double(ramp.count - 1)
    let below = min(Int(position), ramp.count - 2)
    let share = position - Double(below)
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((1 - share) * Double(a) + share * Double(b)) }
    let (a, b) = (ramp[below], ramp[below + 1])
    return Color(mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue))
  }

  package static let names = named.keys.sorted()

  private static let named: [String: Color] = [
    "blue": groups[0], "red": groups[1], "green": groups[2], "pink": groups[3], "orange": groups[4], "sky": groups[5],
    "gray": groups[6], "brown": groups[7], "black": Color(0x222222), "white": Color(0xffffff),
  ]

  /// As gnuplot reads it; the first two digits are transparency, 00 for none.
  func code(alpha: Double = 1) -> String { "#" + hexadecimal(UInt8((1 - alpha) * 255)) + digits }

  /// For where gnuplot takes no transparency.
  var opaqueCode: String { "#" + digits }

  /// The same as a number.
  func number(alpha: Double = 1) -> UInt32 {
    UInt32(UInt8((1 - alpha) * 255)) << 24 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
  }

  private var digits: String { hexadecimal(red) + hexadecimal(green) + hexadecimal(blue) }
}

private func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

/// What gives the marks of a layer their colours.
package enum Coloring: Sendable {
  case one(Color)
  /// codes: a group for each mark, from 1, NaN for none
  case groups(names: [String], codes: Vector)
  /// values: an amount for each mark
  case amounts(Vector)

  /// How many marks it has colours for; nil for any number.
  package var count: Int? {
    switch self {
    case .one: nil
    case .groups(_, let codes): codes.count
    case .amounts(let values): values.count
    }
  }
}

extension Character {
  /// Columns that the character takes on a terminal: 0, 1 or 2. A tab is shown as spaces.
  var width: Int {
    if isASCII { return self == "\t" ? tabWidth : 1 }
    var widest = 0
    for scalar in unicodeScalars {
      if scalar.value == 0xFE0F { return 2 }  // what comes before it is shown as a picture
      widest = max(widest, scalar.width)
    }
    return widest
  }

  /// Whether a terminal would act on it instead of showing it.
  var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}

let tabWidth = 4

extension Unicode.Scalar {
  fileprivate var width: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if 0x1160...0x11FF ~= value { return 0 }  // Hangul vowels and finals join the consonant before them
    if properties.isEmojiPresentation { return 2 }
    return wideRanges.contains { $0 ~= value } ? 2 : 1
  }
}

/// Blocks of East Asian characters of two columns: W and F in Unicode's EastAsianWidth.txt (UAX #11).
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
  0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
  0x16FE0...0x18AFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F251, 0x20000...0x3FFFD,
]

extension Sequence<Character> {
  /// Columns that the characters take on a terminal.
  package var width: Int { reduce(0) { $0 + $1.width } }
}

/// What a picture is drawn as.
package enum PictureFormat: Sendable, Equatable {
  case svg, png, pdf
  /// Characters: so many columns and lines.
  case text(columns: Int, lines: Int)
  /// A bitmap that some terminals show.
  case sixel

  /// That of a file, by the end of its name; nil where it is none of those known.
  package init?(file: String) {
    switch file.split(separator: "/").last?.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?
      .lowercased()
    {
    case "svg": self = .svg
    case "png": self = .png
    case "pdf": self = .pdf
    case "txt": self = .text(columns: 100, lines: 32)
    default: return nil
    }
  }

  var isText: Bool { if case .text = self { true } else { false } }

  /// What gnuplot wrote, as a file has it: a text without the form feed before each page.
  func picture(_ bytes: [UInt8]) -> [UInt8] { isText ? bytes.filter { $0 != 0x0c } : bytes }

  /// Pixels of a screen are 1/96 inch, and a bitmap has two for each, for screens that show more.
  func terminal(width: Int, height: Int) -> String {
    switch self {
    case .svg:
      "set terminal svg size \(width),\(height) font 'sans-serif,13' noenhanced background '#ffffff'"
    case .png:
      "set terminal pngcairo size \(2 * width),\(2 * height) font 'Sans,10' fontscale 2 linewidth 2 pointscale 2 noenhanced"
    case .pdf:
      "set terminal pdfcairo size \(Double(width) / 96)in,\(Double(height) / 96)in font 'Sans,10' noenhanced"
    case .text(let columns, let lines): "set terminal dumb size \(columns),\(lines) mono noenhanced"
    case .sixel: "set terminal sixelgd size \(width),\(height) font 'Sans,10' truecolor noenhanced"
    }
  }
}

import Kernels

/// What one figure says to gnuplot while it is being put together.
package struct Panel {
  let format: PictureFormat
  /// The ends of both axes.
  let x, y: (low: Double, high: Double)
  let isLogarithmic: (x: Bool, y: Bool)
  /// In pixels of a screen.
  let size: (width: Int, height: Int)
  /// Tells blocks of several panels apart.
  let number: Int
  /// Commands and their data, before the layers are drawn.
  var preparation = Script()
  /// What `plot` draws.
  private(set) var elements: [(text: String, data: [UInt8])] = []
  private(set) var labels: [String] = []
  /// Whether something is coloured by amount, and what that amount is called.
  var amount: String?

  /// Whether there is anything for a legend to say.
  var isLabelled: Bool { elements.contains { $0.text.contains(" title ") } }

  /// `text`: an element of `plot`, which reads `data`
  mutating func add(_ text: String, _ data: [UInt8] = []) { elements.append((text, data)) }

  /// columns: of equal length, drawn in gnuplot's style `style`
  mutating func add(_ columns: [Vector], _ style: String, label: String = "") throws(Failure) {
    guard let count = columns.first?.count, count > 0 else { return }
    add("\(Panel.record(count, columns.count)) \(style) \(Panel.title(label))", Panel.interleaved(columns))
  }

  mutating func addLabel(_ text: String) { labels.append("set label \(labels.count + 1) \(text)") }

  /// A name for a block of data inside gnuplot.
  func blockName(_ kind: String) -> String { "$\(kind)_\(number)_\(elements.count)" }

  static func title(_ label: String) -> String { label.isEmpty ? "notitle" : "title \(quotedForGnuplot(label))" }

  static func record(_ count: Int, _ columns: Int) -> String {
    "'-' binary record=(\(count)) format='\(String(repeating: "%double", count: columns))' "
      + "using \((1...columns).map { "\($0)" }.joined(separator: ":"))"
  }

  /// Row after row, as gnuplot reads them.
  static func interleaved(_ columns: [Vector]) -> [UInt8] {
    let count = columns.first?.count ?? 0
    return [UInt8](unsafeUninitializedCapacity: count * columns.count * 8) { buffer, written in
      let out = UnsafeMutableRawBufferPointer(buffer)
      for (j, column) in columns.enumerated() {
        column.withValues { x in
          for i in 0..<count { out.storeBytes(of: x[i], toByteOffset: 8 * (i * columns.count + j), as: Double.self) }
        }
      }
      written = out.count
    }
  }
}

/// A text that gnuplot takes as it stands: in single quotes nothing is interpreted, and a quote is doubled. Line breaks are put
/// between such texts; other control characters become spaces.
package func quotedForGnuplot(_ text: String) -> String {
  let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  return lines.map { line in
    let characters = line.unicodeScalars.map { scalar -> String in
      if scalar == "'" { return "''" }
      return scalar.properties.generalCategory == .control ? " " : String(scalar)
    }
    return "'\(characters.joined())'"
  }.joined(separator: #"."\n"."#)
}

/// Commands, each a line, and the data that they read.
struct Script {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ lines: String..., data: [UInt8] = []) {
    for line in lines { bytes += Array("\(line)\n".utf8) }
    bytes += data
  }

  mutating func add(_ other: Script) { bytes += other.bytes }
}

import FoundationEssentials
import Glibc
import Kernels
import Lua
import Plotting

/// What happens while a report is kept.
final class ReportRecorder {
  var output = ""
  private(set) var pictures: [(name: String, svg: [UInt8])] = []

  /// A picture that the script saved or showed.
  func add(_ picture: some Picture, named name: String) throws(Failure) {
    pictures.append((name, try picture.drawn(as: .svg)))
  }
}

/// One page on a run, complete in itself: nothing is loaded from elsewhere.
struct Report {
  let title: String
  let summary: String
  /// The file of the script.
  let script: String?
  let parameters: [(RecipeParameter, RecipeValue)]

  /// Throws where the page could not be written when the run is over.
  static func requireWritable(_ file: String) throws {
    let folder = file.contains("/") ? String(file[..<file.lastIndex(of: "/")!]) + "/" : "."
    guard !file.isEmpty, !file.utf8.contains(0), access(folder, W_OK) == 0 else {
      throw ArgumentError("the report \(quoted(file)) cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Throws where the script could not be shown.
  func requireReadableScript() throws {
    if let script, access(script, R_OK) != 0 { throw ArgumentError("the script \(quoted(script)) cannot be read") }
  }

  func page(_ recorder: ReportRecorder, seed: UInt64) throws -> String {
    let pictures = recorder.pictures.map { picture in
      """
      <figure><img alt="\(escaped(picture.name))" \
      src="data:image/svg+xml;base64,\(Data(picture.svg).base64EncodedString())">\
      <figcaption>\(escaped(picture.name))</figcaption></figure>
      """
    }
    let facts =
      try files().map { ("SHA-256 of \($0.name)", $0.hash) }
      + [("seed", "\(seed)"), ("version", "Perigee \(version)")]
    let text = try script.map { String(decoding: try bytes(of: $0), as: UTF8.self) }
    let sections = [
      section("Parameters", parameters.isEmpty ? nil : table(parameters.map { ($0.name, $1.text) })),
      section("Output", recorder.output.isEmpty ? nil : "<pre>\(escaped(recorder.output))</pre>"),
      section("Pictures", pictures.isEmpty ? nil : pictures.joined(separator: "\n")),
      section("Made from", table(facts)),
      section("Script", text.map { "<pre>\(escaped($0))</pre>" }),
    ]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(title))</title>
      <style>\(Report.style)</style>
      </head>
      <body>
      <h1>\(escaped(title))</h1>
      \(summary.isEmpty ? "" : "<p>\(escaped(summary))</p>")
      \(sections.compactMap { $0 }.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  /// The files that parameters name.
  private func files() throws -> [(name: String, hash: String)] {
    try parameters.compactMap { parameter, value in
      guard parameter.form == .file, case .string(let name) = value else { return nil }
      return (name, SHA256.hexadecimal(of: try bytes(of: name)))
    }
  }

  private func bytes(of file: String) throws -> [UInt8] {
    if access(file, F_OK) != 0, let set = BundledData.bytes(file) { return set }
    guard let data = try? Data(contentsOf: URL(filePath: file)) else {
      throw ArgumentError("\(quoted(file)) cannot be read")
    }
    return Array(data)
  }

  private func section(_ heading: String, _ content: String?) -> String? {
    content.map { "<section>\n<h2>\(heading)</h2>\n\($0)\n</section>" }
  }

  private func table(_ rows: [(String, String)]) -> String {
    "<table>\n\(rows.map { "<tr><th>\(escaped($0))</th><td>\(escaped($1))</td></tr>" }.joined(separator: "\n"))\n</table>"
  }

  private static let style = """
    body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
    h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
    pre { background: #f6f6f4; padding: .8rem; overflow-x: auto; font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
    table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .5rem .25rem 0; \
    border-bottom: 1px solid #e4e4e4; vertical-align: top; overflow-wrap: anywhere; } th { font-weight: 500; width: 12rem; }
    figure { margin: 1rem 0; } img { max-width: 100%; height: auto; } figcaption { color: #666; font-size: .85rem; }
    @media (max-width: 40rem) { th { width: 7rem; } pre { font-size: 11px; } }
    """
}

private func escaped(_ text: String) -> String {
  text.reduce(into: "") { html, character in
    switch character {
    case "&": html += "&amp;"
    case "<": html += "&lt;"
    case ">": html += "&gt;"
    case "\"": html += "&quot;"
    default: html.append(character)
    }
  }
}

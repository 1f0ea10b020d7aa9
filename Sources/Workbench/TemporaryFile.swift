@preconcurrency import Glibc

/// A new file that nobody else has; whoever made it closes and removes it.
package struct TemporaryFile {
  package let descriptor: Int32
  package let path: String

  /// Its name ends with `suffix`. Nil where none can be made; `errno` says why.
  package init?(suffix: String = "") {
    var template = Array("/tmp/perigee-XXXXXX\(suffix)".utf8CString)
    descriptor = mkstemps(&template, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { return nil }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

import Glibc
import Testing

/// A folder to work in for a while, since scripts write files of any name.
struct TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/perigee-test-XXXXXX".utf8) + [0]
    try #require(template.withUnsafeMutableBytes { mkdtemp($0.baseAddress!) } != nil)
    path = String(decoding: template.dropLast(), as: UTF8.self)
  }

  func write(_ name: String, _ text: String) throws {
    let file = try #require(fopen("\(path)/\(name)", "w"))
    fputs(text, file)
    fclose(file)
  }

  func remove() {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      _ = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { unlinkat(dirfd(folder), $0, 0) }
      }
    }
    closedir(folder)
    rmdir(path)
  }
}

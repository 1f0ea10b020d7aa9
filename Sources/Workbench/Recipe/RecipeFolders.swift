import Glibc
import Lua

/// Where recipes are looked for: in `./recipes`, in the user's configuration folder, and among those that come with the program.
enum RecipeFolders {
  static var all: [String] { ["recipes", user, bundled].compactMap { $0 } }

  /// The file of a recipe: a path is one that ends with `.lua` or holds a slash; any other word is a name.
  static func file(of name: String) throws -> String {
    guard !name.utf8.contains(0) else { throw ArgumentError("\(quoted(name)) is no name of a recipe") }
    if name.hasSuffix(".lua") || name.contains("/") {
      guard access(name, R_OK) == 0 else { throw ArgumentError("\(quoted(name)) not found") }
      return name
    }
    if let file = all.map({ (folder: String) -> String in "\(folder)/\(name).lua" }).first(where: {
      access($0, R_OK) == 0
    }) {
      return file
    }
    let known = files.map(\.name)
    let advice = Spelling.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
    throw ArgumentError("no recipe \(quoted(name)) (\(advice ?? "known: \(known.joined(separator: ", "))"))")
  }

  /// Of all recipes, by name; of two with one name, the one that would be run.
  static var files: [(name: String, path: String)] {
    var paths: [String: String] = [:]
    for folder in all {
      for name in names(in: folder) where paths[name] == nil { paths[name] = "\(folder)/\(name).lua" }
    }
    return paths.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".lua"), !name.hasPrefix(".") { names.append(String(name.dropLast(4))) }
    }
    return names
  }

  private static var user: String? {
    if let folder = getenv("XDG_CONFIG_HOME").map({ String(cString: $0) }), !folder.isEmpty {
      return "\(folder)/perigee/recipes"
    }
    return getenv("HOME").map { "\(String(cString: $0))/.config/perigee/recipes" }
  }

  /// `Scripts/recipes` of the folder that the program was built in, above its own.
  private static let bundled: String? = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return nil }
    var parts = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: "/")
    while !parts.isEmpty {
      parts.removeLast()
      let folder = "/\(parts.joined(separator: "/"))/Scripts/recipes"
      if access(folder, R_OK) == 0 { return folder }
    }
    return nil
  }()
}

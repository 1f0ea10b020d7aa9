import Glibc
import Lua
import LuaSyntax

/// What may stand where a cursor is.
package struct Completion: Equatable, Sendable {
  /// What is put in.
  package let text: String
  package let label: String
  /// A line of documentation.
  package let summary: String

  init(_ text: String, label: String? = nil, _ summary: String = "") {
    self.text = text
    self.label = label ?? text
    self.summary = summary
  }
}

extension Session {
  /// Ways to go on after a text, and how many characters at its end they take the place of. No script's code is run.
  package func completions(after text: String) -> (replaced: Int, candidates: [Completion]) {
    let context = CursorContext(text)
    return vm.look { call in
      let lookup = Lookup(call: call)
      switch context.word {
      case .none: return (0, [])
      case .string(let contents): return strings(contents, context, lookup)
      case .field(let chain, let prefix):
        return (prefix.count, lookup.follow(chain) { lookup.members($0, methods: false, prefix) })
      case .method(let chain, let prefix):
        return (prefix.count, lookup.follow(chain) { lookup.members($0, methods: true, prefix) })
      case .name(let prefix):
        let options = context.isFirst ? lookup.options(context, prefix) : []
        return (prefix.count, options.isEmpty ? names(prefix, context, lookup) : options)
      }
    }
  }

  /// Globals, words of the language, and locals of the text at hand.
  private func names(_ prefix: String, _ context: CursorContext, _ lookup: Lookup) -> [Completion] {
    guard !prefix.isEmpty else { return [] }
    let globals =
      (try? lookup.call.withGlobals { lookup.members(.value($0), methods: false, prefix) })?
      .filter { prefix.hasPrefix("_") || !$0.text.hasPrefix("_") } ?? []
    let others = LuaLexer.keywords.union(context.locals).subtracting(globals.map(\.text))
    return (globals + others.filter { $0.hasPrefix(prefix) && $0 != prefix }.map { Completion($0) })
      .sorted { $0.text < $1.text }
  }

  /// Words to choose from, columns of a frame, or files.
  private func strings(
    _ contents: String, _ context: CursorContext, _ lookup: Lookup
  ) -> (replaced: Int, candidates: [Completion]) {
    let words = lookup.parameter(context)?.words ?? []
    let columns = context.frames.reversed().lazy.compactMap { frame in frame.callee.flatMap { lookup.columns($0) } }
      .first
    let choices = !words.isEmpty ? words : columns ?? []
    if !choices.isEmpty {
      return (contents.count, choices.filter { $0.hasPrefix(contents) }.map { Completion($0) })
    }
    return files(contents)
  }

  /// Files whose names go on like a path; folders end in a slash.
  package func files(_ path: String) -> (replaced: Int, candidates: [Completion]) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { path[...$0] } ?? ""
    let prefix = slash.map { path[path.index(after: $0)...] } ?? path[...]
    guard !path.utf8.contains(0), let directory = opendir(folder.isEmpty ? "." : String(folder)) else { return (0, []) }
    defer { closedir(directory) }
    var found: [Completion] = []
    let end = milliseconds() + 30  // a folder of a million files, or one far away, is not worth waiting for
    while found.count < 500, milliseconds() < end, let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), prefix.hasPrefix(".") || !name.hasPrefix(".") else { continue }
      found.append(Completion(entry.pointee.d_type == UInt8(DT_DIR) ? "\(name)/" : name))
    }
    return (prefix.count, found.sorted { $0.text < $1.text })
  }
}

private func milliseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

extension Lookup {
  /// Tables with more keys than this are not listed whole.
  private static let mostKeys = 20_000

  /// The fields or the methods of something, in the order of their names.
  fileprivate func members(_ found: Found, methods: Bool, _ prefix: String) -> [Completion] {
    var members: [Completion] = []
    if let type = type(found) {
      if methods {
        members = type.methods.map { Completion($0.shortName, "\($0.signature)  \($0.summary)") }
      } else {
        if case .value(let slot) = found {
          members = type.ownNames(call, slot).filter(isName).map { Completion($0, "a column") }
        }
        members += type.fields.map { Completion($0.name, "\($0.type): \($0.summary)") }
      }
    } else if case .value(let slot) = found {
      switch call.content(slot) {
      case .table: members = keys(of: slot, prefix)
      case .string where methods: return follow([.name("string")]) { self.members($0, methods: false, prefix) }
      default: break
      }
    }
    return members.filter { $0.text.hasPrefix(prefix) && $0.text != prefix }.sorted { $0.text < $1.text }
  }

  private func keys(of slot: Int32, _ prefix: String) -> [Completion] {
    struct Enough: Error {}
    var keys: [Completion] = []
    var count = 0
    try? call.forEachPair(slot) { key, value in
      count += 1
      if count > Lookup.mostKeys { throw Enough() }
      guard case .string = call.content(key), let name = call.string(key), name.hasPrefix(prefix), isName(name) else {
        return
      }
      keys.append(Completion(name, summary(.value(value), name)))
    }
    return keys
  }

  private func isName(_ text: String) -> Bool {
    let tokens = LuaLexer.tokens(of: text).tokens
    return tokens.count == 1 && tokens[0].kind == .name
  }

  fileprivate func summary(_ found: Found, _ name: String) -> String {
    guard case .value(let slot) = found else { return "" }
    switch call.content(slot) {
    case .function: return call.hostFunction(slot).map { "\($0.signature)  \($0.summary)" } ?? "function"
    case .object: return call.objectType(slot)?.brief ?? ""
    case .table:
      return API.perigee.modules.first { $0.name == name && call.isModule(slot, $0) }?.summary ?? "table"
    case .string, .number, .integer, .boolean: return call.describe(slot)
    default: return ""
    }
  }

  /// The columns of the frame whose method is called.
  fileprivate func columns(_ callee: [CursorContext.Link]) -> [String]? {
    guard case .method? = callee.last else { return nil }
    return follow(Array(callee.dropLast())) { found in
      guard case .value(let slot) = found, let type = type(found) else { return nil }
      let names = type.ownNames(call, slot)
      return names.isEmpty ? nil : names
    }
  }

  /// Keys of the options that a call takes, or the words that an option has to choose from.
  fileprivate func options(_ context: CursorContext, _ prefix: String) -> [Completion] {
    guard let frame = context.frames.last, frame.isTable else { return [] }
    if frame.key != nil {
      let words = parameter(context)?.words ?? []
      return words.filter { $0.hasPrefix(prefix) }.map { Completion("\"\($0)\"") }
    }
    return optionDocumentation(context).filter { $0.name.hasPrefix(prefix) && !frame.keys.contains($0.name) }.map {
      Completion("\($0.name) = ", label: $0.name, $0.line)
    }
  }

  /// The options of the call that the innermost table belongs to.
  func optionDocumentation(_ context: CursorContext) -> [ParameterDocumentation] { options(context.frames[...]) }

  /// The parameter or option whose value the cursor is in.
  func parameter(_ context: CursorContext) -> ParameterDocumentation? { parameter(context.frames[...]) }

  private func options(_ frames: ArraySlice<CursorContext.Frame>) -> [ParameterDocumentation] {
    guard let table = frames.last, table.isTable else { return [] }
    if let callee = table.callee {  // f{…}
      guard let function = function(callee) else { return [] }
      let options = function.parameters.first { !$0.options.isEmpty }?.options ?? []
      return options.isEmpty ? function.namedParameters : options
    }
    return frames.dropLast().last.flatMap(argument)?.options ?? []
  }

  private func parameter(_ frames: ArraySlice<CursorContext.Frame>) -> ParameterDocumentation? {
    guard let frame = frames.last else { return nil }
    if frame.isTable, let key = frame.key { return options(frames).first { $0.name == key } }
    // An element of a list is what the list is an argument, or an option's value, for.
    if frame.isTable, frame.callee == nil { return parameter(frames.dropLast()) }
    return argument(frame)
  }

  /// The parameter for the argument that the cursor is in.
  private func argument(_ frame: CursorContext.Frame) -> ParameterDocumentation? {
    guard let callee = frame.callee, let function = function(callee) else { return nil }
    let position = (frame.isTable ? 0 : frame.argument) + (function.isMethod ? 1 : 0)
    return function.parameters.indices ~= position ? function.parameters[position] : nil
  }
}

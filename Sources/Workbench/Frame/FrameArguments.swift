import Kernels
import Lua

// What the functions of frames take.

extension Kind where Value == [(name: String, column: Frame.Column)] {
  static var columns: Kind {
    Kind("a table of columns, by name", type: "table") { call, slot in
      guard case .table = call.content(slot) else { return nil }
      var columns: [(name: String, column: Frame.Column)] = []
      try call.forEachPair(slot) { key, value in
        guard case .string = call.content(key), let name = call.string(key) else {
          throw ArgumentError("columns need names, as in frame{x = {1, 2}}; got [\(call.describe(key))]")
        }
        columns.append((name, try column(named: name, call, value)))
      }
      return columns.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
  }
}

private func column(named name: String, _ call: Call, _ slot: Int32) throws -> Frame.Column {
  if let vector = call.object(slot, as: Vector.self) { return .numbers(try vector.copy()) }
  if let factor = call.object(slot, as: Factor.self) { return .factor(factor) }
  guard case .table = call.content(slot) else {
    throw ArgumentError("column \(quoted(name))", mustBe: "a vector, a factor or a table", got: call.describe(slot))
  }
  do {
    let isText = try call.withElement(slot, 1) { if case .string = call.content($0) { true } else { false } }
    if !isText { return .numbers(try call.vector(fromTable: slot)) }
    return .factor(try Factor(try Kind.list(of: .string).read(call, slot).map { $0.isEmpty ? nil : $0 }))
  } catch let error as ArgumentError {
    throw ArgumentError("column \(quoted(name)): \(error.scriptMessage)")
  }
}

extension Kind where Value == [String] {
  /// One name or several.
  static var names: Kind {
    let list = Kind.list(of: .string)
    return Kind("a name or a table of names", type: "string|string[]") { call, slot in
      if case .string = call.content(slot) { return call.string(slot).map { [$0] } }
      guard case .table = call.content(slot) else { return nil }
      return try list.read(call, slot)
    }
  }
}

extension Kind where Value == [FrameReader.ColumnChoice] {
  static var columnChoices: Kind {
    let choice = Kind<FrameReader.ColumnChoice>("a name or a number from 1", type: "string|integer") { call, slot in
      if case .string = call.content(slot) { return call.string(slot).map { .name($0) } }
      return call.integer(slot).flatMap { $0 > 0 ? .number($0) : nil }
    }
    return .list(of: choice)
  }
}

extension Kind where Value == ClosedRange<Int> {
  static var rowRange: Kind {
    let list = Kind<[Int]>.list(of: .integer(1...))
    return Kind("{first, last}, from 1", type: "integer[]") { call, slot in
      guard case .table = call.content(slot) else { return nil }
      let ends = try list.read(call, slot)
      return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }
  }
}

extension Kind where Value == UInt8 {
  static var separator: Kind {
    Kind("one character, neither a quote nor a line end", type: "string") { call, slot in
      guard case .string = call.content(slot), let text = call.string(slot), text.utf8.count == 1 else { return nil }
      return text.utf8.first.flatMap {
        [0, UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) ? nil : $0
      }
    }
  }
}

/// Which rows to keep.
enum RowTest: Sendable {
  case mask(Vector)
  case function(Callback)
}

extension Kind where Value == RowTest {
  static var rowTest: Kind {
    Kind("a vector or a function", type: "vector|function") { call, slot in
      if case .function = call.content(slot) { return .function(try Kind<Callback>.function.read(call, slot)) }
      return call.object(slot, as: Vector.self).map { .mask($0) }
    }
  }
}

extension Kind where Value == Bool {
  /// As Lua has it: nil and false are false, all else is true.
  static var truth: Kind {
    Kind("anything", type: "any") { (call: Call, slot: Int32) throws -> Bool in
      if case .boolean(let value) = call.content(slot) { value } else { !call.isAbsent(slot) }
    }
  }
}

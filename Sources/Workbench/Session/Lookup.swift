import Lua

/// What a chain of names leads to, found out without running anything: by looking at values as they are, and by what the API says
/// that its functions return.
enum Found {
  case value(Int32)
  case function(Function)
  case object(TypeDeclaration)
  case unknown
}

struct Lookup {
  let call: Call

  private static let functions = Dictionary(API.perigee.functions.map { ($0.name, $0) }) { first, _ in first }
  private static let types = Dictionary(API.perigee.types.map { ($0.type.name, $0) }) { first, _ in first }

  func follow<R>(_ chain: [CursorContext.Link], _ body: (Found) throws -> R) rethrows -> R {
    guard case .name(let name)? = chain.first else { return try body(.unknown) }
    return try with(global: name) { try follow(chain.dropFirst(), from: $0, named: name, body) }
  }

  /// The function that a chain leads to, if it is one of the API's.
  func function(_ chain: [CursorContext.Link]) -> Function? {
    follow(chain) { found in
      switch found {
      case .function(let function): return function
      case .value(let slot):
        if let function = call.hostFunction(slot) { return function }
        // A module that can be called: `vector{1, 2}`.
        guard case .name(let name)? = chain.last, case .table = call.content(slot) else { return nil }
        return API.perigee.modules.first { $0.name == name }.flatMap { call.isModule(slot, $0) ? $0.constructor : nil }
      case .object, .unknown: return nil
      }
    }
  }

  /// The type of what a chain leads to, if it is an object.
  func type(_ found: Found) -> TypeDeclaration? {
    switch found {
    case .object(let type): type
    case .value(let slot): call.objectType(slot).flatMap { Lookup.types[$0.name] }
    case .function, .unknown: nil
    }
  }

  private func follow<R>(
    _ chain: ArraySlice<CursorContext.Link>, from found: Found, named name: String, _ body: (Found) throws -> R
  ) rethrows -> R {
    guard let link = chain.first else { return try body(found) }
    let rest = chain.dropFirst()
    switch link {
    case .name, .element: return try body(.unknown)
    case .field(let field):
      if case .value(let slot) = found, case .table = call.content(slot) {
        return try with(field: field, of: slot) { try follow(rest, from: $0, named: field, body) }
      }
      return try follow(rest, from: member(field, of: found), named: field, body)
    case .method(let method):
      let function = type(found).flatMap { Lookup.functions["\($0.type.name):\(method)"] }
      return try follow(rest, from: function.map { .function($0) } ?? .unknown, named: method, body)
    case .call: return try follow(rest, from: result(of: found, named: name), named: "", body)
    }
  }

  // Slots last as long as their scope, and no scope is there where the stack is full.
  private func with<R>(global name: String, _ body: (Found) throws -> R) rethrows -> R {
    let top = call.top
    defer { call.top = top }
    return try body(call.pushGlobal(name).map { .value($0) } ?? .unknown)
  }

  private func with<R>(field name: String, of slot: Int32, _ body: (Found) throws -> R) rethrows -> R {
    let top = call.top
    defer { call.top = top }
    return try body(call.pushField(slot, name).map { .value($0) } ?? .unknown)
  }

  /// A field of an object, by what is declared of it; a frame's columns are vectors, or factors, which have less.
  private func member(_ name: String, of found: Found) -> Found {
    guard let type = type(found) else { return .unknown }
    if case .value(let slot) = found, type.ownNames(call, slot).contains(name) {
      return Lookup.types["vector"].map { .object($0) } ?? .unknown
    }
    let declared = type.fields.first { $0.name == name }?.type
    return declared.flatMap { Lookup.types[$0] }.map { .object($0) } ?? .unknown
  }

  private func result(of found: Found, named name: String) -> Found {
    let function: Function?
    switch found {
    case .function(let declared): function = declared
    case .value(let slot):
      function =
        call.hostFunction(slot)
        ?? API.perigee.modules.first { $0.name == name }.flatMap { call.isModule(slot, $0) ? $0.constructor : nil }
    case .object, .unknown: function = nil
    }
    return function?.resultType.flatMap { Lookup.types[$0] }.map { .object($0) } ?? .unknown
  }
}

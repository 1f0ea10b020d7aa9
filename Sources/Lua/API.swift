/// Everything that scripts can reach in the host: modules, types of objects, and global functions.
package struct API: Sendable {
  package var modules: [Module]
  package var types: [TypeDeclaration]
  package var globals: [Function]
  /// What functions answer with, bound to a value of the script's: no name leads to them.
  package var closures: [Function]

  package init(
    modules: [Module], types: [TypeDeclaration], globals: [Function], closures: [Function] = []
  ) {
    self.modules = modules
    self.types = types
    self.globals = globals
    self.closures = closures
  }

  /// Every function, in the order of their ids.
  package var functions: [Function] {
    globals + modules.flatMap { $0.functions + ($0.constructor.map { [$0] } ?? []) }
      + types.flatMap { $0.methods + $0.operators.map(\.function) + [$0.index] } + closures
  }
}

/// A global table of functions: `em` with `em.fit`.
package struct Module: Sendable {
  package let name: String
  package let summary: String
  package let functions: [Function]
  /// What calling the table itself does: `vector{1, 2}`.
  package let constructor: Function?
  /// Its page, where a list of its functions would not do: lines of at most 80 columns.
  package let guide: String?

  package init(
    _ name: String, _ summary: String, constructor: Function? = nil, functions: [Function], guide: String? = nil
  ) {
    self.guide = guide
    self.name = name
    self.summary = summary
    self.constructor = constructor
    self.functions = functions
  }
}

/// A field of an object: `fit.loglik`.
package struct Field<Value: ScriptObject>: Sendable {
  package let name: String
  package let type: String
  package let summary: String
  let get: @Sendable (Value) throws -> any Pushable

  package init(
    _ name: String, _ type: String, _ summary: String, _ get: @escaping @Sendable (Value) throws -> any Pushable
  ) {
    self.name = name
    self.type = type
    self.summary = summary
    self.get = get
  }
}

/// A metamethod: `event` is Lua's name for it, `__add`.
package struct Operator: Sendable {
  package let event: String
  package let function: Function

  package init(_ event: String, _ function: Function) {
    self.event = event
    self.function = function.asOperator
  }
}

/// The methods, operators and fields of a type of objects.
package struct TypeDeclaration: Sendable {
  package let type: ScriptType
  package let summary: String
  package let methods: [Function]
  package let operators: [Operator]
  package let fields: [ParameterDocumentation]
  /// Whether it is read by position, and by names that only the value knows.
  package let hasElements: Bool
  package let hasOwnNames: Bool
  /// The names that only the value in a slot knows, such as a frame's columns.
  package let ownNames: @Sendable (Call, Int32) -> [String]
  /// Answers for keys that are no methods.
  let index: Function

  /// `element` answers for integer keys; `named` for names that only the value knows, such as a frame's columns.
  package init<T: ScriptObject>(
    _ type: T.Type, _ summary: String, methods: [Function], operators: [Operator] = [], fields: [Field<T>] = [],
    element: (@Sendable (T, Int) throws -> any Pushable)? = nil,
    named: (@Sendable (T, String) throws -> (any Pushable)?)? = nil,
    names: (@Sendable (T) -> [String])? = nil
  ) {
    self.type = T.scriptType
    self.summary = summary
    self.methods = methods
    self.operators = operators
    self.fields = fields.map {
      ParameterDocumentation(
        name: $0.name, type: $0.type, summary: $0.summary, isRequired: true, describeFallback: { nil })
    }
    (hasElements, hasOwnNames) = (element != nil, named != nil)
    ownNames = { call, slot in call.object(slot, as: T.self).map { names?($0) ?? [] } ?? [] }
    let typeName = T.scriptType.name
    let byName = Dictionary(fields.map { ($0.name, $0.get) }) { first, _ in first }
    let known = methods.map { String($0.name.split(separator: ":").last ?? "") } + fields.map(\.name)
    let object = Parameter<T>("object", .object, "the object")
    let key = Parameter<Slot>("key", .any, "a field's name, or a position")
    index = Function(
      "\(typeName) index", "A field, or an element.", object, key, returns: "its value", example: ""
    ) { call, object, key -> AnyPushable in
      if let position = call.integer(key.index), let element { return AnyPushable(try element(object, position)) }
      guard let name = call.string(key.index) else {
        throw ArgumentError(
          "a key must be \(element == nil ? "a name" : "a position or a name"), got \(call.describe(key.index))")
      }
      if let value = try named?(object, name) { return AnyPushable(value) }
      if let get = byName[name] { return AnyPushable(try get(object)) }
      let all = (names?(object) ?? []) + known
      let advice = Spelling.nearest(to: name, in: all).map { "did you mean '\($0)'?" } ?? "see help(\"\(typeName)\")"
      throw ArgumentError("no field or method \(quoted(name)) (\(advice))")
    }
  }
}

/// A result whose type is known when it is made.
package struct AnyPushable: Pushable {
  let value: any Pushable
  package init(_ value: any Pushable) { self.value = value }
  package func push(to call: Call) throws -> Int32 { try value.push(to: call) }
}

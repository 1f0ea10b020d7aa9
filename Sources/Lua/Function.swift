import CLua

/// A function that scripts can call, declared once: its name, words, parameters, result, example and body. Argument checks,
/// error messages, help, completion, reference and tests all come from this.
package struct Function: Sendable {
  /// `em.fit` of a module, `vector:sum` of an object.
  package let name: String
  package let summary: String
  package let parameters: [ParameterDocumentation]
  /// Whether more arguments may follow, of the last parameter's kind.
  package let isVariadic: Bool
  /// Those that may come in place of others, by name.
  package private(set) var alternatives: [(parameter: ParameterDocumentation, replaced: String)] = []
  /// Those that may come by name in one table.
  package private(set) var namedParameters: [ParameterDocumentation] = []
  /// What it returns, in words.
  package let result: String
  /// What else there is to know, as it is to be printed.
  package private(set) var notes = ""
  /// A script that runs.
  package let example: String
  /// A script that leaves a figure in its variable `fig`, to be seen on the function's page; "" where there is none.
  package private(set) var picture = ""
  /// Whether the first argument is an object that the function is called on.
  package let isMethod: Bool
  private let body: @Sendable (Call) throws -> Int32
  /// Whether the body writes to its receiver, which then must not be in use elsewhere.
  private var writesReceiver = false
  /// Whether more arguments may come than are declared.
  private var ignoresFurtherArguments = false

  private init(
    _ name: String, _ summary: String, _ parameters: [any AnyParameter], variadic: Bool = false, returns result: String,
    example: String, body: @escaping @Sendable (Call) throws -> Int32
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters.map(\.documentation)
    self.isVariadic = variadic
    self.result = result
    self.example = example
    self.body = body
    isMethod = name.contains(":")
  }

  /// The same function, as one that writes to its receiver.
  package var writing: Function {
    var copy = self
    copy.writesReceiver = true
    return copy
  }

  /// The same function, with more to be read on its page, lines of at most 78 columns, and to be seen there.
  package func with(notes: String, picture: String = "") -> Function {
    var copy = self
    (copy.notes, copy.picture) = (notes, picture)
    return copy
  }

  /// The same function, as the body of an operator: Lua gives a unary one its operand twice.
  package var asOperator: Function {
    var copy = self
    copy.ignoresFurtherArguments = true
    return copy
  }

  package init<R: Pushable>(
    _ name: String, _ summary: String, returns result: String, example: String,
    body: @escaping @Sendable (Call) throws -> R
  ) {
    self.init(name, summary, [], returns: result, example: example) { call in try body(call).push(to: call) }
  }

  package init<A, R: Pushable>(
    _ name: String, _ summary: String, _ a: Parameter<A>, returns result: String, example: String,
    body: @escaping @Sendable (Call, A) throws -> R
  ) {
    self.init(name, summary, [a], returns: result, example: example) { call in
      try body(call, a.read(call, 1)).push(to: call)
    }
  }

  package init<A, B, R: Pushable>(
    _ name: String, _ summary: String, _ a: Parameter<A>, _ b: Parameter<B>, returns result: String, example: String,
    body: @escaping @Sendable (Call, A, B) throws -> R
  ) {
    self.init(name, summary, [a, b], returns: result, example: example) { call in
      try body(call, a.read(call, 1), b.read(call, 2)).push(to: call)
    }
  }

  package init<A, B, C, R: Pushable>(
    _ name: String, _ summary: String, _ a: Parameter<A>, _ b: Parameter<B>, _ c: Parameter<C>, returns result: String,
    example: String, body: @escaping @Sendable (Call, A, B, C) throws -> R
  ) {
    self.init(name, summary, [a, b, c], returns: result, example: example) { call in
      try body(call, a.read(call, 1), b.read(call, 2), c.read(call, 3)).push(to: call)
    }
  }

  package init<A, B, C, D, R: Pushable>(
    _ name: String, _ summary: String, _ a: Parameter<A>, _ b: Parameter<B>, _ c: Parameter<C>, _ d: Parameter<D>,
    returns result: String, example: String, body: @escaping @Sendable (Call, A, B, C, D) throws -> R
  ) {
    self.init(name, summary, [a, b, c, d], returns: result, example: example) { call in
      try body(call, a.read(call, 1), b.read(call, 2), c.read(call, 3), d.read(call, 4)).push(to: call)
    }
  }

  package init<A, B, C, D, E, R: Pushable>(
    _ name: String, _ summary: String, _ a: Parameter<A>, _ b: Parameter<B>, _ c: Parameter<C>, _ d: Parameter<D>,
    _ e: Parameter<E>, returns result: String, example: String,
    body: @escaping @Sendable (Call, A, B, C, D, E) throws -> R
  ) {
    self.init(name, summary, [a, b, c, d, e], returns: result, example: example) { call in
      try body(call, a.read(call, 1), b.read(call, 2), c.read(call, 3), d.read(call, 4), e.read(call, 5)).push(to: call)
    }
  }

  /// One whose last parameter may come any number of times, at least once.
  package init<A, R: Pushable>(
    _ name: String, _ summary: String, each a: Parameter<A>, returns result: String, example: String,
    body: @escaping @Sendable (Call, [A]) throws -> R
  ) {
    self.init(name, summary, [a], variadic: true, returns: result, example: example) { call in
      try body(call, (1..<max(2, call.count + 1)).map { try a.read(call, $0) }).push(to: call)
    }
  }

  package init<A, B, R: Pushable>(
    _ name: String, _ summary: String, _ a: Parameter<A>, each b: Parameter<B>, returns result: String, example: String,
    body: @escaping @Sendable (Call, A, [B]) throws -> R
  ) {
    self.init(name, summary, [a, b], variadic: true, returns: result, example: example) { call in
      try body(call, a.read(call, 1), (2..<max(3, call.count + 1)).map { try b.read(call, $0) }).push(to: call)
    }
  }

  /// A constructor whose arguments may also come by name, in one table: `dist.normal{mu = 0, sigma = 1}`. The body gets them
  /// checked, by their parameters; of those that an alternative was given for, the alternative only.
  package init<R: Pushable>(
    _ name: String, _ summary: String, named parameters: [any AnyParameter], alternatives: [AlternativeParameter] = [],
    returns result: String, example: String, body: @escaping @Sendable (Call, Options) throws -> R
  ) {
    self.init(name, summary, parameters, returns: result, example: example) { call in
      let byName = try call.count == 1 && call.hasNames(1)
      let options =
        try byName
        ? Options(call, 1, keys: parameters, alternatives: alternatives) : Options(positional: call, parameters)
      return try body(call, options).push(to: call)
    }
    namedParameters = (parameters + alternatives.map(\.parameter)).map(\.documentation)
    self.alternatives = alternatives.map { (parameter) in
      (parameter.parameter.documentation, parameter.replaced)
    }
  }
}

extension Call {
  /// Whether the slot holds a table with a key that is a string.
  fileprivate func hasNames(_ slot: Int32) throws -> Bool {
    guard case .table = content(slot) else { return false }
    var found = false
    try forEachPair(slot) { key, _ in if case .string = content(key) { found = true } }
    return found
  }
}

extension Function {
  /// What the machine needs to run the function, in one object: a call must not copy all that is said of it.
  final class Entry: Sendable {
    fileprivate let body: @Sendable (Call) throws -> Int32
    fileprivate let isMethod: Bool
    fileprivate let writesReceiver: Bool
    fileprivate let mostArguments: Int32

    init(_ function: Function) {
      body = function.body
      isMethod = function.isMethod
      writesReceiver = function.writesReceiver
      mostArguments = function.isVariadic || function.ignoresFurtherArguments ? .max : Int32(function.parameters.count)
    }
  }
}

extension Function.Entry {
  func run(_ call: Call) throws -> Int32 {
    if call.count > mostArguments { try refuseExtraArguments(call) }
    guard isMethod else { return try body(call) }
    guard object_borrow(call.pointer, 1, writesReceiver) else {
      throw ArgumentError("\(call.describe(1)) is in use and cannot be changed now")
    }
    defer { object_give_back(call.pointer, 1, writesReceiver) }
    return try body(call)
  }

  private func refuseExtraArguments(_ call: Call) throws {
    for slot in mostArguments + 1...call.count where !call.isAbsent(slot) {
      let names = "(\(call.function.parameters.map(\.name).joined(separator: ", ")))"
      let takes =
        mostArguments == 0
        ? "no arguments" : mostArguments == 1 ? "one argument \(names)" : "\(mostArguments) arguments \(names)"
      throw ArgumentError("takes \(takes), got \(call.count)")
    }
  }
}

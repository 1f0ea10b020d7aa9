import Lua
import Synchronization

/// An object that counts how many of its kind are alive.
final class Token: Sendable {
  private let alive: Counter
  init(_ alive: Counter) {
    self.alive = alive
    alive.value.add(1, ordering: .relaxed)
  }
  deinit { alive.value.subtract(1, ordering: .relaxed) }
}

final class Counter: Sendable {
  let value = Atomic<Int>(0)
  var now: Int { value.load(ordering: .relaxed) }
}

struct Cell: ScriptObject {
  static let scriptType = ScriptType("cell")
  let token: Token
  let storage: Contents
  let nativeBytes: Int
  var brief: String { "cell of \(storage.value.load(ordering: .relaxed))" }

  final class Contents: Sendable {
    let value: Atomic<Int>
    init(_ value: Int) { self.value = Atomic(value) }
  }
}

/// A small API with every kind of binding, for the host's own tests.
func testAPI(_ alive: Counter) -> API {
  let receiver = Parameter<Cell>("self", .object, "the cell")
  let function = Parameter<Callback>("f", .function, "what to call")

  let make = Function(
    "cell.new", "A cell.", Parameter("value", .integer, default: 0, "its value"),
    Parameter("bytes", .integer(0...), default: 0, "native bytes that it claims"), returns: "a cell",
    example: "cell.new(1)"
  ) { _, value, bytes in Cell(token: Token(alive), storage: .init(value), nativeBytes: bytes) }
  let apply = Function(
    "cell.apply", "f(x).", function, Parameter("x", .number, default: 0, "its argument"), returns: "a number",
    example: "cell.apply(math.sqrt, 4)"
  ) { call, f, x in try f(call, x, returning: .number) }
  let echo = Function(
    "cell.echo", "What came, in other forms.", Parameter("text", .string, "any string"),
    returns: "a string and its length",
    example: "cell.echo 'a'"
  ) { _, text in Results(text, text.utf8.count, [text, text], Record([("text", text), ("none", String?.none)])) }
  enum Colour: String, CaseIterable { case red, green }
  let paint = Function(
    "cell.paint", "Takes options.",
    .options([
      Parameter("colour", Kind<Colour>.choice, default: .red, "which"),
      Parameter("tolerance", .positive, default: 1, "how near"),
      Parameter("sizes", .list(of: .integer(1...9)), default: [], "how large"),
    ]), returns: "true", example: "cell.paint{colour = 'green'}"
  ) { _, options in options.given.count }
  let spin = Function("cell.spin", "Never returns, but for an interrupt.", returns: "nothing", example: "") { call in
    while !call.isStopping {}
    return Nothing()
  }

  let get = Function("cell:get", "The value.", receiver, returns: "an integer", example: "") { _, cell in
    cell.storage.value.load(ordering: .relaxed)
  }
  let set = Function(
    "cell:set", "Changes the value.", receiver, Parameter("value", .integer, "the new one"), returns: "the cell",
    example: ""
  ) { _, cell, value in
    cell.storage.value.store(value, ordering: .relaxed)
    return Same()
  }.writing
  let map = Function("cell:map", "f(value).", receiver, function, returns: "a number", example: "") { call, cell, f in
    try f(call, cell.storage.value.load(ordering: .relaxed), returning: .number)
  }
  let add = Function(
    "cell + cell", "Adds.", receiver, Parameter<Cell>("other", .object, "another"), returns: "a cell", example: ""
  ) { _, a, b in
    Cell(
      token: Token(alive),
      storage: .init(a.storage.value.load(ordering: .relaxed) + b.storage.value.load(ordering: .relaxed)),
      nativeBytes: 0)
  }

  return API(
    modules: [Module("cell", "Cells.", constructor: make, functions: [make, apply, echo, paint, spin])],
    types: [
      TypeDeclaration(
        Cell.self, "A cell.", methods: [get, set, map], operators: [Operator("__add", add)],
        fields: [Field("value", "integer", "its value") { $0.storage.value.load(ordering: .relaxed) }],
        element: { cell, i in i })
    ], globals: [])
}

/// Runs the script on a machine of its own, with Lua's stack as deep as it needs; the results' texts.
func evaluate(_ script: String, memoryLimit: Int = 0, failFrom: Int = 0) throws -> [String] {
  try onDeepStack {
    let vm = try VM(testAPI(Counter()), memoryLimit: memoryLimit, failFrom: failFrom)
    return try vm.run(.text(script, name: "=test"), describingResults: true)
  }
}

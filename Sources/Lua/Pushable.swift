import CLua

/// What a host function can answer with.
package protocol Pushable: SendableMetatype {
  /// Pushes the value; returns how many slots it took.
  func push(to call: Call) throws -> Int32
}

extension Double: Pushable {
  package func push(to call: Call) throws -> Int32 {
    try call.require(push_number(call.pointer, self))
    return 1
  }
}

extension Int: Pushable {
  package func push(to call: Call) throws -> Int32 {
    try call.require(push_integer(call.pointer, Int64(self)))
    return 1
  }
}

extension Bool: Pushable {
  package func push(to call: Call) throws -> Int32 {
    try call.require(push_boolean(call.pointer, self))
    return 1
  }
}

extension String: Pushable {
  package func push(to call: Call) throws -> Int32 {
    var copy = self
    try call.require(
      copy.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          push_string(call.pointer, $0.baseAddress ?? UnsafePointer(emptyString), $0.count)
        }
      })
    return 1
  }
}

/// An empty string has no address of its own.
nonisolated(unsafe) private let emptyString = UnsafeMutablePointer<CChar>.allocate(capacity: 1)

extension Optional: Pushable where Wrapped: Pushable {
  package func push(to call: Call) throws -> Int32 {
    if let self { return try self.push(to: call) }
    try call.require(push_nil(call.pointer))
    return 1
  }
}

/// A Lua table from 1.
extension Array: Pushable where Element: Pushable {
  package func push(to call: Call) throws -> Int32 { try call.pushTable(count) { self[$0] } }
}

extension Call {
  /// Pushes a Lua table of the elements for 0..<count, each made when its turn comes.
  package func pushTable(_ count: Int, _ element: (Int) throws -> any Pushable) throws -> Int32 {
    try require(push_table(pointer, count, 0))
    for i in 0..<count {
      _ = try element(i).push(to: self)
      try require(table_set_index(pointer, -2, Int64(i + 1)))
    }
    return 1
  }
}

/// A Lua table from 1, of numbers.
package struct NumberTable: Pushable {
  let values: UnsafeBufferPointer<Double>
  /// The buffer must outlive the push.
  package init(_ values: UnsafeBufferPointer<Double>) { self.values = values }

  package func push(to call: Call) throws -> Int32 {
    if let base = values.baseAddress {
      try call.require(push_numbers(call.pointer, base, values.count))
    } else {
      try call.require(push_table(call.pointer, 0, 0))
    }
    return 1
  }
}

/// A Lua table with named fields.
package struct Record: Pushable {
  let fields: [(String, any Pushable)]
  package init(_ fields: [(String, any Pushable)]) { self.fields = fields }

  package func push(to call: Call) throws -> Int32 {
    try call.require(push_table(call.pointer, 0, fields.count))
    for (name, value) in fields {
      _ = try value.push(to: call)
      try call.require(table_set_field(call.pointer, -2, name))
    }
    return 1
  }
}

/// Several results.
package struct Results: Pushable {
  let values: [any Pushable]
  package init(_ values: any Pushable...) { self.values = values }

  package func push(to call: Call) throws -> Int32 {
    var slots: Int32 = 0
    for value in values { slots += try value.push(to: call) }
    return slots
  }
}

/// The argument in a slot, as it came: what a method returns that can be chained.
package struct Same: Pushable {
  let slot: Int32
  package init(slot: Int32 = 1) { self.slot = slot }

  package func push(to call: Call) throws -> Int32 {
    try call.require(push_value(call.pointer, slot))
    return 1
  }
}

/// One of the API's closures, by its declared name, bound to the value in a slot.
package struct BoundFunction: Pushable {
  let name: String
  let slot: Slot
  package init(_ name: String, to slot: Slot) { (self.name, self.slot) = (name, slot) }

  package func push(to call: Call) throws -> Int32 {
    guard let id = call.vm.functions.firstIndex(where: { $0.name == name }) else { return try Nothing().push(to: call) }
    try call.require(push_bound_function(call.pointer, Int32(id), slot.index))
    return 1
  }
}

/// No result.
package struct Nothing: Pushable {
  package init() {}
  package func push(to call: Call) throws -> Int32 { 0 }
}

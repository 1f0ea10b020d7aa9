import Lua
import Testing

/// Inputs of a prompt, whose locals outlive them.
@Suite struct PromptInputTests {
  private func run(_ vm: VM, _ input: String) throws(ScriptFailure) -> Int {
    try vm.runInput(input, name: "=input") { _, slots throws(ScriptFailure) in slots.count }
  }

  @Test func localsBecomeGlobals() throws {
    try onDeepStack {
      let vm = try VM(testAPI(Counter()))
      _ = try run(vm, "local a, b <const>, c <close> = 1, 2, nil do local d = 3 end local a = 4")
      #expect(
        try vm.run(.text("return a, b, c, d", name: "=test"), describingResults: true) == ["4", "2", "nil", "nil"])
      #expect(throws: ScriptFailure.self) {
        try run(vm, "local e = 5 cell.apply(function() error 'no' end) local f = 6")
      }
      #expect(try vm.run(.text("return e, f", name: "=test"), describingResults: true) == ["5", "nil"])
      #expect(try run(vm, "return 1, 2, 3") == 3)
    }
  }

  @Test func variablesThatCloseDoSoBeforeTheyAreKept() throws {
    try onDeepStack {
      let vm = try VM(testAPI(Counter()))
      _ = try run(vm, "closed = 0 local x <close> = setmetatable({}, {__close = function() closed = closed + 1 end})")
      #expect(try vm.run(.text("return closed, type(x)", name: "=test"), describingResults: true) == ["1", "table"])
      #expect(throws: ScriptFailure.self) {
        try run(vm, "local y <close> = setmetatable({}, {__close = function() error 'in close' end})")
      }
    }
  }

  @Test func everyGrowthOfMemoryMayFail() throws {
    try onDeepStack {
      let alive = Counter()
      var failures = 0
      var n = 1
      while true {
        do {
          let vm = try VM(testAPI(alive), failFrom: n)
          _ = try run(vm, "local c, t = cell.new(1), {} for i = 1, 40 do t[i] = {} end local long = ('x'):rep(500)")
          do { _ = try run(vm, "local d = cell.new(2) d:set(3) error {d}") } catch {}
          try vm.checkInput("x = ", name: "=input")
        } catch let failure as ScriptFailure where failure.cause == .syntax(incomplete: true) {
          break
        } catch {}
        failures += 1
        #expect(alive.now == 0, "objects alive after close, growth \(n)")
        n += 1
      }
      #expect(failures > 300)
    }
  }

  @Test func valuesAreLookedAtWithoutRunningAnything() throws {
    try onDeepStack {
      let vm = try VM(testAPI(Counter()))
      _ = try run(vm, "t = setmetatable({a = 1}, {__index = error, __tostring = error}) c = cell.new(1)")
      try vm.look { call in
        let t = try #require(call.pushGlobal("t"))
        #expect(call.hasMetafield(t, "__tostring") && !call.hasMetafield(t, "__len"))
        #expect(try call.withField(t, "missing") { call.isAbsent($0) })
        let c = try #require(call.pushGlobal("c"))
        #expect(call.objectType(c)?.name == "cell" && call.objectType(t) == nil)
        #expect(call.identity(t) != call.identity(c))
      }
    }
  }
}

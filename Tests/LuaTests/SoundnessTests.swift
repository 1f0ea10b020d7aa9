import Lua
import Testing

/// What a host must survive: failing memory, errors through its frames, closed and busy objects, absurd sizes.
@Suite struct SoundnessTests {
  /// Touches every kind of binding; ends well where memory suffices.
  private static let tour = """
    local c = cell.new(1, 100)
    local total = (c + cell.new(2)):get() + c.value + c[3] + cell.apply(function(x) return x + 1 end, 2)
    local text, n, list, record = cell.echo(('x'):rep(300))
    pcall(cell.paint, {tol = 1})
    pcall(cell.paint, {colour = 'green', sizes = {1, 2, 3}})
    pcall(c.map, c, function() error {} end)
    pcall(c.map, c, function(v) c:set(v + 1) return v end)
    local co = coroutine.wrap(function() coroutine.yield(c:map(function(v) return v end)) error('in coroutine') end)
    co() pcall(co)
    do local closing <close> = cell.new(4) end
    setmetatable({}, {__gc = function() cell.new(5):get() end})
    load('return 1')()
    collectgarbage()
    local parts = {}
    for i = 1, 50 do parts[i] = tostring(i) .. text end
    return total, #table.concat(parts)
    """

  @Test func everyGrowthOfMemoryMayFail() throws {
    try onDeepStack {
      let alive = Counter()
      let api = testAPI(alive)
      var failures = 0
      var n = 1
      while true {
        do {
          let vm = try VM(api, failFrom: n)
          _ = try vm.run(.text(Self.tour, name: "=tour"), describingResults: true)
          if vm.growths < n { break }
        } catch {}
        failures += 1
        #expect(alive.now == 0, "objects alive after close, growth \(n)")
        n += 1
      }
      // The machine itself grows some hundred times; a sweep that ends sooner has not swept.
      #expect(failures > 500)
    }
  }

  @Test func memoryLimitsAreErrors() throws {
    for limit in stride(from: 30_000, through: 400_000, by: 1_777) {
      let alive = Counter()
      try onDeepStack {
        do {
          let vm = try VM(testAPI(alive), memoryLimit: limit)
          _ = try vm.run(.text(Self.tour, name: "=tour"))
        } catch {}
      }
      #expect(alive.now == 0)
    }
    let script = "local t = {} for i = 1, 1e9 do t[i] = cell.echo('0123456789') end"
    #expect { try evaluate(script, memoryLimit: 10 << 20) } throws: { "\($0)".contains("memory") }
  }

  @Test func nothingIsAliveAfterErrorsFinalizersAndDeepCallbacks() throws {
    let scripts = [
      Self.tour,
      "local function down(n) return n == 0 and error('bottom') or cell.apply(function() return down(n - 1) end) end return pcall(down, 150)",
      "local function down(n) return n == 0 and 1 or cell.apply(function() return down(n - 1) end) end return pcall(down, 250)",
      "for i = 1, 1000 do setmetatable({cell.new(i)}, {__gc = function(t) t[1]:set(0) error('in finalizer') end}) end",
      "kept = cell.new(1) local co = coroutine.create(function() kept2 = cell.new(2) coroutine.yield() end) coroutine.resume(co)",
      "local a = {} a.cell = cell.new(1) a.self = a setmetatable(a, {__gc = function(t) resurrected = t end}) a = nil collectgarbage()",
    ]
    for script in scripts {
      let alive = Counter()
      try onDeepStack {
        let vm = try VM(testAPI(alive))
        _ = try? vm.run(.text(script, name: "=test"))
      }
      #expect(alive.now == 0, "\(script)")
    }
  }

  @Test func objectsInUseAreNotChanged() throws {
    let script =
      "local c = cell.new(1) local ok, e = pcall(c.map, c, function() c:set(2) return 0 end) return ok, e.message, c:get(), c:set(3):get()"
    #expect(try evaluate(script) == ["false", "cell:set: a cell of 1 is in use and cannot be changed now", "1", "3"])
    let closing =
      "local c = cell.new(1) local ok, e = pcall(c.map, c, function() local d <close> = c return 0 end) return ok, c:get()"
    #expect(try evaluate(closing) == ["false", "1"])
  }

  @Test func foreignObjectsAreToldApart() throws {
    for value in ["io.stdout", "{}", "coroutine.create(print)", "print", "1", "nil", "true", "'cell'"] {
      #expect(try evaluate("return pcall(cell.new().get, \(value))")[0] == "false")
    }
  }

  @Test func nativeBytesDriveTheCollector() throws {
    // A million cells that claim 100 MB each: without their debt, Lua would see 16 bytes each and wait.
    let most = """
      local most = 0
      for i = 1, 2000 do cell.new(i, 100e6) end
      return 1
      """
    let alive = Counter()
    try onDeepStack {
      let vm = try VM(testAPI(alive))
      try vm.run(.text(most, name: "=test"))
      #expect(vm.liveObjects < 100)
    }
  }

  @Test func absurdSizes() throws {
    for script in [
      "cell.new(1e300)", "cell.new(1, 9223372036854775807)", "cell.echo(('x'):rep(1e7))",
      "cell.apply(function(...) return ... end, 0/0)",
      "cell.paint(setmetatable({}, {__index = function() error('no') end, __pairs = error}))",
      "cell.new(table.unpack({}, 1, 200000))",
      "local t = {} t.t = t cell.paint{sizes = t}", "string.rep('x', 1e10)", "return cell.new()[2^62]",
      "return cell.new()[{}]",
    ] {
      _ = try evaluate("return pcall(function() \(script) end)", memoryLimit: 256 << 20)
    }
  }
}

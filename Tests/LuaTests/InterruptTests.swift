import Glibc
import Lua
import Testing

/// A stop from another thread ends whatever runs, and cannot be caught.
@Suite struct InterruptTests {
  @Test(arguments: [
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "while true do xpcall(function() while true do end end, function() while true do end end) end",
    "coroutine.wrap(function() while true do pcall(function() while true do end end) end end)()",
    "local co = coroutine.create(function() while true do end end) while true do coroutine.resume(co) end",
    "while true do local co = coroutine.wrap(function() while true do coroutine.yield() end end) for i = 1, 100 do co() end end",
    "local t = setmetatable({}, {__index = function(t, k) while true do end end}) return pcall(function() return t.x end)",
    "while true do pcall(cell.apply, function() while true do end end) end",
    "while true do pcall(cell.spin) end",
    "repeat local c <close> = setmetatable({}, {__close = function() while true do end end}) until false",
    "table.sort({3, 1, 2}, function() while true do end end)",
    "string.gsub(('x'):rep(1e3), '.', function() while true do end end)",
  ])
  func stops(script: String) throws {
    try onDeepStack {
      let vm = try VM(testAPI(Counter()))
      let handle = vm.handle
      let other = Thread {
        usleep(50_000)
        handle.interrupt()
      }
      #expect { try vm.run(.text(script, name: "=test")) } throws: { ($0 as? ScriptFailure)?.cause == .interrupted }
      other.join()
      // The session goes on.
      #expect(
        try vm.run(.text("x = (x or 0) + 1 return x, pcall(error, 'caught')", name: "=test"), describingResults: true)
          == ["1", "false", "caught"])
    }
  }

  private final class Thread {
    private var thread = pthread_t()

    init(_ body: @escaping @Sendable () -> Void) {
      let context = Unmanaged.passRetained(Body(body)).toOpaque()
      pthread_create(
        &thread, nil,
        {
          Unmanaged<Body>.fromOpaque($0!).takeRetainedValue().run()
          return nil
        }, context)
    }

    func join() { pthread_join(thread, nil) }

    private final class Body {
      let run: @Sendable () -> Void
      init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
  }
}

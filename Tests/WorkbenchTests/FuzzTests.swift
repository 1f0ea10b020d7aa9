import Glibc
import Kernels
import Lua
import Testing
import Workbench

/// Random calls of every function end in a result or a Lua error: no trap, no hang, no leak.
///
/// PERIGEE_FUZZ sets the calls of each function; the default makes ten thousand in all.
@Suite(.serialized) struct FuzzTests {
  @Test func randomCallsEndWell() throws {
    let perFunction = getenv("PERIGEE_FUZZ").flatMap { Int(String(cString: $0)) }
    let count = API.perigee.functions.count
    let calls = perFunction ?? max(1, 10_000 / count)
    // Enough for the examples' data, too little for what 1e9 asks for.
    let limit = Storage.limit
    Storage.limit = Storage.bytesInUse + (256 << 20)
    defer { Storage.limit = limit }
    let folder = try Folder()
    defer { folder.leave() }
    try Session.open(SessionOptions(memoryLimit: 256 << 20)) { session in
      let script = Self.script(calls: calls)
      let results = try session.run(.text(script, name: "=fuzz"), describingResults: true)
      let made = try #require(results.first.flatMap { Int($0) })
      #expect(made >= calls * count / 2)
    }
  }

  /// Calls each function with random arguments, from a generator of its own with a fixed seed.
  private static func script(calls: Int) -> String {
    let modules = API.perigee.modules.map(\.name).map { "'\($0)'" }.joined(separator: ", ")
    return """
      local state = 20240229
      local function random(n)
        state = (state * 6364136223846793005 + 1442695040888963407)
        return (state >> 33) % n + 1
      end
      local real_print = print
      print = function() end
      local cyclic = {1, 2}; cyclic[3] = cyclic; cyclic.k = cyclic
      local plain = {
        nil, true, false, 0, 1, 2, 3, -1, 0.5, -0.5, 7, 100, 1e9, -1e9, 2^31, 2^53, 2^62, math.maxinteger, math.mininteger,
        1/0, -1/0, 0/0, 1e300, -1e300, 5e-324, 1e-300, '', 'a', 'normal', 'k', '\\xff\\0', ('x'):rep(1000), '1',
        {}, {1}, {1, 2, 3}, {{1, 2}, {3, 4}}, {{1, 2}, {3}}, {0/0}, {1, 'a'}, {k = 2}, {k = -1, family = 'normal'},
        {mu = 0, sigma = 1}, cyclic, setmetatable({}, {__index = error, __len = error, __pairs = error}),
        print, math.sin, function() end, function() return 1 end, function(...) return ... end, function() error('e') end,
        io.stdout, coroutine.create(print), {weights = {1, 2}}, {1, {}, 'x', print}, {family = 'mvnormal', k = 1e9},
      }
      local size = 56
      local made = {}
      local function argument()
        if #made > 0 and random(3) == 1 then return made[random(#made)] end
        return plain[random(size)]
      end
      local function keep(value)
        if type(value) ~= 'userdata' then return end
        if #made < 200 then made[#made + 1] = value else made[random(200)] = value end
      end
      local calls = 0
      local seen = {}
      local function call(f)
        calls = calls + 1
        local n = random(5) - 1
        local a, b, c, d = argument(), argument(), argument(), argument()
        local ok, x, y = pcall(f, table.unpack({a, b, c, d}, 1, n))
        if ok then keep(x) keep(y) else tostring(x) end
      end
      local closed
      do local v <close> = vector and vector{1, 2, 3} or setmetatable({}, {__close = function() end}) closed = v end
      made[1] = closed
      local names = {\(modules)}
      local operators = {
        function(a, b) return a + b end, function(a, b) return a - b end, function(a, b) return a * b end,
        function(a, b) return a / b end, function(a, b) return a ^ b end, function(a, b) return a % b end,
        function(a, b) return a == b end, function(a, b) return a < b end, function(a, b) return a <= b end,
        function(a, b) return a .. b end, function(a) return -a end, function(a) return #a end, tostring,
        function(a, b) return a[b] end, function(a, b, c) a[b] = c end, function(a, ...) return a(...) end,
        function(a) for i, v in ipairs(a) do if i > 10 then break end end end,
        function(a) for k, v in pairs(a) do break end end,
      }
      local methods = \(methodTable)
      for round = 1, \(calls) do
        for _, name in ipairs(names) do
          local module = _G[name]
          for _, key in ipairs(seen[module] or {}) do call(module[key]) end
          if not seen[module] then
            local keys = {}
            for key in pairs(module) do keys[#keys + 1] = key end
            table.sort(keys)
            seen[module] = keys
          end
          call(function(...) return module(...) end)
        end
        for _, operator in ipairs(operators) do call(operator) end
        for _, method in ipairs(methods) do
          calls = calls + 1
          local receiver = made[random(#made)]
          local a, b, c = argument(), argument(), argument()
          local ok, x, y = pcall(function(...) return receiver[method](receiver, ...) end, table.unpack({a, b, c}, 1, random(4) - 1))
          if ok then keep(x) keep(y) else tostring(x) end
        end
        if round % 50 == 0 then made = {} collectgarbage() end
        if #made == 0 then made[1] = closed end
      end
      return calls
      """
  }

  /// Names of all methods, as a Lua table.
  private static var methodTable: String {
    let names = API.perigee.types.flatMap(\.methods).map { String($0.name.split(separator: ":").last!) }
    return "{" + Set(names).sorted().map { "'\($0)'" }.joined(separator: ", ") + "}"
  }
}

/// A folder to work in for a while, since `frame:write` takes any name.
private struct Folder {
  private let path: String
  private let before: Int32

  init() throws {
    var template = Array("/tmp/perigee-fuzz-XXXXXX".utf8) + [0]
    try #require(template.withUnsafeMutableBytes { mkdtemp($0.baseAddress!) } != nil)
    path = String(decoding: template.dropLast(), as: UTF8.self)
    before = open(".", O_RDONLY | O_DIRECTORY)
    try #require(before >= 0 && chdir(path) == 0)
  }

  func leave() {
    fchdir(before)
    close(before)
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      _ = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { unlinkat(dirfd(folder), $0, 0) }
      }
    }
    closedir(folder)
    rmdir(path)
  }
}

-- Random calls of every function and method: each ends in a result or in an error.
-- `functions` (names such as "em.fit") and `methods` (type → names) come from the test, which puts them in front.
-- usage: perigee fuzz.lua ROUNDS SEED
local rounds, state = tonumber(arg[1]), tonumber(arg[2])
print = function() end

local function random(n)
  state = state * 6364136223846793005 + 1442695040888963407
  return (state >> 33) % n + 1
end

local cyclic = {1, 2}
cyclic[3], cyclic.k = cyclic, cyclic
local closed
do
  local v <close> = vector{1, 2, 3}
  closed = v
end

-- Where a `nil` stands, the table has a hole: its length is given.
local plain, size = {
  nil, true, false, 0, 1, 2, 3, -1, 0.5, -0.5, 7, 100, 1e9, -1e9, 2^31, 2^53, 2^62, math.maxinteger, math.mininteger, 1/0,
  -1/0, 0/0, 1e300, -1e300, 5e-324, 1e-300, '', 'a', 'normal', 'k', '\xff\0', ('x'):rep(1000), '1', 'faithful', 'waiting',
  {}, {1}, {1, 2, 3}, {{1, 2}, {3, 4}}, {{1, 2}, {3}}, {0/0}, {1, 'a'}, {0.5, 0.5}, {{2, 1}, {1, 2}}, {1e300, -1e300},
  {k = 2}, {k = -1, family = 'normal'}, {mu = 0, sigma = 1}, {family = 'mvnormal', k = 1e9}, {weights = {1, 2}}, {trials = 3},
  {k = 2, restarts = 1, max_iterations = 5}, {fix = 'weights'}, {equal = 'sigma', k = 2}, {[1] = 1, x = 2}, {[0/1] = {}},
  cyclic, setmetatable({}, {__index = error, __len = error, __pairs = error}), closed, io.stdout, coroutine.create(print),
  print, math.sin, function() end, function() return 1 end, function(...) return ... end, function() error('e') end,
}, 67

-- Objects of each type, and more of them as calls make them.
local objects
local function fresh()
  local x = vector{1, 2, 3, 10, 11, 12}
  objects = {
    vector = {x, vector{}, vector{0/0, 1}}, matrix = {matrix{{2, 1}, {1, 2}}, matrix{{1, 2, 3}, {4, 5, 6}}, matrix{}},
    frame = {frame.load 'iris', frame{a = {1, 2}, b = {'x', ''}}}, factor = {(frame.load 'iris').species},
    distribution = {dist.normal(0, 1), dist.binomial(5, 0.3), dist.multinomial(3, {0.5, 0.5}),
      dist.mvnormal({0, 0}, {{1, 0}, {0, 1}}), dist.mixture({0.5, 0.5}, {dist.normal(0, 1), dist.normal(3, 2)})},
    stream = {random_module.stream(1)}, fit = {em.fit(x, {k = 2, restarts = 2, seed = 1})},
    kmeans = {kmeans.fit(x, {k = 2, seed = 1})}, figure = {plot.line(x, x), plot.figure()},
    recipe = {recipe{name = 'r', summary = 's', run = function() end}},
    ecdf = {stats.ecdf(x)}, kde = {stats.kde(x)}, histogram = {stats.histogram(x)}, test = {stats.ks_test(x, x)},
    minimum = {optimize.minimize(function(p) return p[1] ^ 2 end, {1})},
    solution = {em.solve{start = {1}, map = function(p) return p end, loglik = function() return 0 end}},
  }
  -- What a function keeps of a derivative that is over.
  autodiff.gradient(function(p)
    objects.dual = {p, p[1], matrix{{1, 2}} * p[1]}
    objects["dual distribution"] = {dist.normal(p[1], 1), dist.mixture({p[1], 1 - p[1]}, {dist.poisson(1), dist.poisson(2)})}
    return 0
  end){0.5, 2}
end
random_module = _G.random
local kinds = {}
for kind in pairs(methods) do kinds[#kinds + 1] = kind end
table.sort(kinds)

local function object(kind)
  local list = objects[kind] or objects.vector
  return list[random(#list)]
end

local function argument()
  if random(3) == 1 then return object(kinds[random(#kinds)]) end
  return plain[random(size)]
end

local function keep(value)
  local kind = type(value) == 'userdata' and tostring(value):match('^%l+')
  local list = kind and objects[kind]
  if list and #list < 20 then list[#list + 1] = value end
end

local calls, results = 0, 0
local function try(f, ...)
  calls = calls + 1
  local ok, x, y = pcall(f, ...)
  if not ok then tostring(x) return end
  results = results + 1
  keep(x)
  keep(y)
end

local function some(f, ...)
  local n = random(5) - 1
  local a, b, c, d = argument(), argument(), argument(), argument()
  if n == 0 then try(f, ...) elseif n == 1 then try(f, ..., a) else
    local arguments = {...}
    local first = #arguments
    arguments[first + 1], arguments[first + 2], arguments[first + 3], arguments[first + 4] = a, b, c, d
    try(f, table.unpack(arguments, 1, first + n))
  end
end

local operators = {
  function(a, b) return a + b end, function(a, b) return a - b end, function(a, b) return a * b end,
  function(a, b) return a / b end, function(a, b) return a // b end, function(a, b) return a % b end,
  function(a, b) return a ^ b end, function(a, b) return a == b end, function(a, b) return a < b end,
  function(a, b) return a <= b end, function(a, b) return a .. b end, function(a) return -a end, function(a) return #a end,
  tostring, function(a, b) return a[b] end, function(a, b, c) a[b] = c end, function(a, ...) return a(...) end,
  function(a) for i in ipairs(a) do if i > 9 then break end end end, function(a) for _ in pairs(a) do break end end,
}

local called = {}
for _, name in ipairs(functions) do
  local module, field = name:match('^(%w+)%.(%w+)$')
  called[#called + 1] = module and _G[module][field] or _G[name] or random_module
end
for round = 1, rounds do
  if round % 100 == 1 then fresh() end
  for _, f in ipairs(called) do some(f) end
  for _, kind in ipairs(kinds) do
    for _, method in ipairs(methods[kind]) do
      local receiver = object(random(20) == 1 and kinds[random(#kinds)] or kind)
      some(function(...) return receiver[method](...) end, receiver)
    end
    for _, operator in ipairs(operators) do some(operator, object(kind)) end
  end
end
io.write(calls, ' ', results, '\n')

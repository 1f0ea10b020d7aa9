import Kernels
import Lua

extension Module {
  static let random = Module(
    "random",
    "Random numbers, permutations and choices.",
    functions: [
      Function(
        "random.seed",
        """
        Starts the default stream afresh, which samplers draw from that are given none. Its seed is 0 until then.
        """, seed,
        returns: "nothing",
        example: """
          random.seed(1)
          local x = random.uniform()
          random.seed(1)
          assert(random.uniform() == x)
          """
      ) { call, seed in
        call.state.seed = UInt64(bitPattern: Int64(seed))
        call.state.source.stream = RandomStream(seed: call.state.seed)
        return Nothing()
      }.with(notes: promise),
      Function(
        "random.stream", "A stream of its own.", seed, returns: "a stream",
        example: "print(dist.normal(0, 1):sample(3, random.stream(42)))"
      ) { _, seed in RandomSource(seed: UInt64(bitPattern: Int64(seed))) }.with(notes: promise),
      Function(
        "random.uniform", "Uniform numbers, at least 0 and below 1.", count, .stream,
        returns: "a number, or a vector of n", example: "print(random.uniform(3))"
      ) { call, n, source -> Numeric in
        let source = source ?? call.defaultSource
        guard let n else {
          var words = source.stream.draw()
          return .number(words.uniform())
        }
        return .vector(try source.stream.uniform(n))
      },
      Function(
        "random.permutation", "The integers from 1 to n in random order. One draw of the stream.",
        Parameter("n", Kind<Int>.integer(0...), "how many"), .stream, returns: "a vector of n",
        example: "print(random.permutation(5))"
      ) { call, n, source in
        try (source ?? call.defaultSource).stream.permutation(n).countedFromOne()
      },
      Function(
        "random.shuffle", "The elements of a vector, or the rows of a matrix, in random order. One draw of the stream.",
        values, .stream, returns: "a new vector or matrix", example: "print(random.shuffle{1, 2, 3})"
      ) { call, values, source -> Numeric in
        let order = try (source ?? call.defaultSource).stream.permutation(try values.choices(call))
        return try values.taking(order)
      },
      choice,
    ])

  private static let choice = Function(
    "random.choice", "Elements of a vector, rows of a matrix, or integers from 1, chosen at random.", values, count,
    .options([replace, weights, stream]), returns: "a number or a row, or n of them in a vector or a matrix",
    example: """
      print(random.choice{10, 20, 30})
      print(random.choice(100, 5, {replace = false}))
      print(random.choice({1, 2}, 10, {weights = {9, 1}}))
      """
  ) { call, values, n, options -> Numeric in
    let source = options[stream] ?? call.defaultSource
    let bound = try values.choices(call)
    let weights = options[weights]
    if let weights, weights.count != bound {
      throw ArgumentError("weights must be one for each choice, \(bound), got \(weights.count)")
    }
    let chosen = try source.stream.choice(n ?? 1, from: bound, weights: weights, replacing: options[replace])
    return try n == nil ? values.taking(single: chosen[0]) : values.taking(chosen)
  }

  /// What a seed fixes.
  private static let promise = """
    The n-th draw of a stream depends on its seed and n alone: neither on the
    number of threads, nor on the CPU, nor on how many draws are made at once.
    stream:jump(n) passes over n draws; stream:split() gives streams that are
    independent of each other, to be used side by side.
    A seed keeps its numbers in all releases with the same first two numbers
    of the version; a sampler that changes is named in the list of changes.
    """

  private static let seed = Parameter("seed", Kind<Int>.integer, "any integer")
  private static let count = Parameter(
    "n", optional: Kind<Int>.integer(0...), otherwise: "one, not in a vector", "how many")
  private static let values = Parameter(
    "values", Kind<Numeric>.numeric, "a vector, a matrix, or an integer n for 1 to n")
  private static let replace = Parameter(
    "replace", Kind<Bool>.boolean, default: true, "whether one may be chosen again")
  private static let weights = Parameter(
    "weights", optional: Kind<Vector>.vector, otherwise: "all as likely", "how likely each is, relative to the others")
  private static let stream = Parameter<RandomSource?>.stream
}

extension RandomStream {
  /// Numbers from 0 to `bound` − 1.
  fileprivate mutating func choice(
    _ count: Int, from bound: Int, weights: Vector?, replacing: Bool
  ) throws(Failure) -> Vector {
    guard let weights else {
      return try replacing ? choiceWithReplacement(count, from: bound) : choice(count, from: bound)
    }
    return try weights.withValues { w throws(Failure) in
      let weights = UnsafeBufferPointer(w)
      return try replacing ? choiceWithReplacement(count, weights: weights) : choice(count, weights: weights)
    }
  }
}

extension Vector {
  fileprivate func countedFromOne() -> Vector {
    withValues { for i in $0.indices { $0[i] += 1 } }
    return self
  }
}

extension Numeric {
  /// How many there are to choose from.
  fileprivate func choices(_ call: Call) throws -> Int {
    switch self {
    case .vector(let vector): return vector.count
    case .matrix(let matrix): return matrix.rows
    case .number(let x):
      guard let n = Int(exactly: x), n >= 0, n <= 1 << 53 else {
        throw ArgumentError("values", mustBe: "a vector, a matrix, or an integer from 0", got: call.describe(1))
      }
      return n
    }
  }

  /// The choices with these numbers, from 0.
  fileprivate func taking(_ numbers: Vector) throws(Failure) -> Numeric {
    switch self {
    case .number: .vector(numbers.countedFromOne())
    case .vector(let vector): .vector(try vector.take(numbers.array.map { Int($0) }))
    case .matrix(let matrix): .matrix(try matrix.takeRows(numbers.array.map { Int($0) }))
    }
  }

  fileprivate func taking(single number: Double) throws(Failure) -> Numeric {
    switch self {
    case .number: .number(number + 1)
    case .vector(let vector): .number(vector[Int(number)])
    case .matrix(let matrix): .vector(try matrix.row(Int(number)))
    }
  }
}

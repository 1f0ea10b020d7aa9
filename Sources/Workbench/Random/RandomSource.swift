import Kernels
import Lua

/// A random stream that a script holds: every sampler that uses it moves it on.
package final class RandomSource: ScriptObject {
  package static let scriptType = ScriptType("stream")
  package static let defaultSeed: UInt64 = 0

  package var stream: RandomStream

  package init(_ stream: RandomStream) { self.stream = stream }
  package convenience init(seed: UInt64) { self.init(RandomStream(seed: seed)) }

  package var brief: String { "stream" }
}

extension Call {
  /// The stream of samplers that are given none: one for each machine, with seed 0 until `random.seed` or `--seed` says another.
  package var defaultSource: RandomSource { state.source }

  /// What `seed` of an options table says to draw from; without one, a child of the default stream.
  func stream(seed: Int?) -> RandomStream {
    seed.map { RandomStream(seed: UInt64(bitPattern: Int64($0))) } ?? defaultSource.stream.split()
  }
}

extension Parameter where Value == RandomSource? {
  /// What every sampler takes last.
  static let stream = Parameter("stream", optional: .object, otherwise: "the default stream", "from random.stream")
}

extension TypeDeclaration {
  static let stream = TypeDeclaration(
    RandomSource.self, "Random draws, the n-th fixed by the seed and n alone.",
    methods: [
      Function(
        "stream:split", "A stream of its own, independent of this one. Does not count as a draw.", source,
        returns: "a stream",
        example: "local a = random.stream(1) print(dist.normal(0, 1):sample(3, a:split()))"
      ) { _, source in RandomSource(source.stream.split()) },
      Function(
        "stream:jump", "Passes over draws.", source, Parameter("n", Kind<Int>.integer(0...), "how many"),
        returns: "the stream",
        example: """
          local all = random.uniform(6, random.stream(1))
          local last = random.uniform(1, random.stream(1):jump(5))
          assert(last[1] == all[6])
          """
      ) { _, source, n in
        source.stream.jump(UInt64(n))
        return Same()
      },
    ],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(stream)", "The number of draws made.", source, returns: "a string",
          example: "print(random.stream(1))  --> stream(position = 0)"
        ) { _, source in "stream(position = \(source.stream.position))" })
    ],
    fields: [Field("position", "integer", "how many draws were made") { Int(truncatingIfNeeded: $0.stream.position) }])

  private static let source = Parameter<RandomSource>("self", .object, "the stream")
}

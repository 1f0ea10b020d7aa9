/// A sampler whose draws are those of a simpler one, each changed by one formula in lanes: a draw has the same bits by itself as
/// among many, which are changed in vector code.
protocol LaneSampler: Sampler {
  associatedtype Base: Sampler
  var base: Base { get }
  func image<L: Lanes>(of draw: L) -> L
}

extension LaneSampler {
  package func sample(_ words: inout Words) -> Double { image(of: base.sample(&words)) }

  package func fill(_ out: UnsafeMutableBufferPointer<Double>, from start: UInt64, key: SIMD2<UInt32>) {
    base.fill(out, from: start, key: key)
    UnsafeBufferPointer(out).map(into: out) { image(of: $0) }
  }
}

import Glibc
import Kernels

/// Perigee's part of `Scripts/bench/em`: prints the seconds of so many EM iterations, the peak of the process's memory in MiB, and
/// the log-likelihood that they lead to.
///
/// arguments: the file of the rows, column after column · the file of the starting means, one after another · n d k ·
/// full or diagonal · how many iterations, or `fit` for ten starts to convergence
func fitFile(_ arguments: [String]) throws {
  guard arguments.count == 7, let n = Int(arguments[2]), let d = Int(arguments[3]), let k = Int(arguments[4]) else {
    print("usage: Bench em-file ROWS START n d k full|diagonal ITERATIONS|fit")
    exit(2)
  }
  let matrix = Matrix(try doubles(arguments[0], n * d).storage, rows: n, columns: d)
  let means = try doubles(arguments[1], k * d)
  var options = EMOptions()
  var start: EM.Start?
  if let iterations = Int(arguments[6]) {
    (options.maxIterations, options.accelerates, options.tolerance) = (iterations, false, 0)
    start = .mixture(try startingMixture(means, d: d, k: k))
  } else {
    options.restarts = 10
  }
  let began = ContinuousClock().now
  let rows = try Rows(matrix)
  let fit: Fit
  switch (d, arguments[5]) {
  case (1, _): fit = try EM.fit(rows, try NormalFamily(rows, k: k), start: start, options)
  case (_, "diagonal"):
    fit = try EM.fit(rows, try MultivariateNormalFamily<VVI>(rows, k: k), start: start, options)
  default: fit = try EM.fit(rows, try MultivariateNormalFamily<VVV>(rows, k: k), start: start, options)
  }
  print((ContinuousClock().now - began) / .seconds(1), peakMebibytes(), fit.loglik)
}

/// Equal weights, the given means, spread 1.5 in every direction.
private func startingMixture(_ means: Vector, d: Int, k: Int) throws -> any Mixture {
  let weights = Array(repeating: 1 / Double(k), count: k)
  if d == 1 {
    return try UnivariateMixture(
      weights: weights, components: try (0..<k).map { try Normal(mu: means[$0], sigma: 1.5) })
  }
  let cov = try Matrix(diagonal: try Vector(Array(repeating: 2.25, count: d)))
  return try MultivariateMixture(
    weights: weights,
    components: try (0..<k).map { j in
      try MultivariateNormal(mu: try Vector((0..<d).map { means[j * d + $0] }), cov: cov)
    })
}

private func doubles(_ path: String, _ count: Int) throws -> Vector {
  let values = try Vector(uninitialized: count)
  let file = fopen(path, "rb")
  defer { if let file { fclose(file) } }
  let read = values.withValues { buffer in file.map { fread(buffer.baseAddress, 8, count, $0) } ?? 0 }
  guard read == count else {
    print("Bench: '\(path)' has no \(count) doubles")
    exit(1)
  }
  return values
}

private func peakMebibytes() -> Int {
  var usage = rusage()
  getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}

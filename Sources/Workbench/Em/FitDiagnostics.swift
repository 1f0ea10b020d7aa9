import Kernels
import Lua

// How sure a fit is of which component made each row.
extension [Function] {
  static let fitDiagnostics: [Function] = [
    Function(
      "fit:uncertainty", "How likely each row is of another component than that which most likely made it.", fit, rows,
      returns: "a vector of numbers from 0 to 1 - 1/k",
      example: """
        local u = em.fit(frame.load("faithful").waiting, {k = 2}):uncertainty()
        print(u:max(), u:gt(0.1):sum())
        """
    ) { _, fit, x in try fit.fit.model.uncertainty(try fit.rows(x)) },
    Function(
      "fit:entropy",
      "Of the components that made the rows, in nats: 0 where every row is sure, rows * log k where none is.", fit,
      rows,
      returns: "a number",
      example: """
        print(em.fit(frame.load("faithful").waiting, {k = 2}):entropy())
        """
    ) { _, fit, x in try fit.fit.model.classificationEntropy(try fit.rows(x)) },
    Function(
      "fit:sizes",
      "How many rows each component is expected to have made, and of how many it is the likeliest one.", fit, rows,
      returns: "a table: expected, observed",
      example: """
        local sizes = em.fit(frame.load("faithful").waiting, {k = 2}):sizes()
        print(sizes.expected, sizes.observed)
        """
    ) { _, fit, x in
      let (expected, observed) = try fit.fit.model.sizes(try fit.rows(x))
      return Record([("expected", try Vector(expected)), ("observed", try Vector(observed.map(Double.init)))])
    },
    Function(
      "fit:merge",
      """
      Puts components together into groups, at each step the two whose union lowers the entropy of the classification most \
      (Baudry et al. 2010).
      """, fit, rows,
      returns:
        "a table for each number of groups, from k to 1: k, entropy, groups (of the components), labels (of the rows)",
      example: """
        local x = frame.load("faithful"):matrix()
        local steps = em.fit(x, {k = 3, seed = 1}):merge()
        for _, step in ipairs(steps) do print(step.k, step.entropy, step.groups) end
        """
    ) { _, fit, x in
      try ComponentMerging(posterior: try fit.fit.model.posterior(try fit.rows(x))).steps.map { step in
        Record([
          ("k", step.count), ("entropy", step.entropy), ("groups", try Vector(step.groups.map(Double.init))),
          ("labels", step.labels),
        ])
      }
    },
    Function(
      "fit:goodness",
      """
      How well the model goes with the data that it was fitted to: the distance between the distribution functions, and \
      how often fits of samples of the model come as far.
      """, fit, .options([test, replicates, seed]),
      returns: "a table: statistic, p, replicates",
      example: """
        local x = frame.load("faithful").waiting
        for k = 1, 2 do
          print(em.fit(x, {k = k}):goodness({replicates = 19, seed = 1}).p)
        end
        """
    ) { call, object, options in
      guard let refit = object.refit, let x = object.data else {
        throw ArgumentError("goodness is for fits just made by em.fit, without row_weights, labels or prior")
      }
      guard x.columns == 1 else { throw ArgumentError("goodness is for fits of one column, this is of \(x.columns)") }
      let stream = call.stream(seed: options[seed])
      let goodness = try FitGoodness(
        x.column(0), object.fit.model, options[test], replicates: options[replicates], from: stream
      ) { rows, start throws(Failure) in try refit(rows, start).model }
      return Record([
        ("statistic", goodness.statistic), ("p", goodness.pValue), ("replicates", goodness.replicates),
      ])
    },
  ]

  private static let test = Parameter(
    "test", Kind<FitGoodness.Test>.choice, default: .ad,
    "the largest distance, as Kolmogorov and Smirnov, or its mean square, as Anderson and Darling")
  private static let replicates = Parameter("replicates", .integer(1...100_000), default: 199, "how many samples")
  private static let seed = Parameter(
    "seed", optional: Kind<Int>.integer, otherwise: "from the default stream", "fixes the samples")
  private static let fit = Parameter<FitObject>("fit", .object, "the fit")
  private static let rows = Parameter(
    "x", optional: Kind<Matrix>.data, otherwise: "the rows that were fitted",
    "a vector, or a matrix with a row for each observation")
}

extension FitObject {
  /// Those given, or those of the fit.
  fileprivate func rows(_ given: Matrix?) throws -> Matrix {
    if let rows = given ?? data { return rows }
    throw ArgumentError("x is needed: a fit from a file does not hold its rows")
  }
}

import Kernels
import Lua

extension Module {
  /// The page of `dist`: all families on one screen.
  static let distributionGuide: String = [
    group("Continuous", .continuous), group("Discrete", .discrete), group("Rows of numbers", .multivariate),
    """
    Made of other distributions
      mixture(weights, components)            truncated(distribution, low, high)
      affine(distribution, shift, scale)      product(distributions)
    """,
    """
    Verbs of every distribution d, as in d:pdf(x)
      pdf(x)  logpdf(x)  cdf(x)  ccdf(x)  quantile(p)  sample([n], [stream])
      mean()  variance()  sd()  mode()  entropy()  covariance()  support()
      parameters(); d.mu is its mu. Of mixtures also posterior(x), classify(x).
    """,
    """
    dist.gamma(2, 0.5), dist.gamma{shape = 2, rate = 0.5}: by position or by name.
    dist.fit("gamma", x, {weights =, fix =}): maximum likelihood; help(dist.fit).
    help(dist.gamma): its formula, moments and an example.
    """,
  ].joined(separator: "\n\n")

  /// Two families on a line, where both are short.
  private static func group(_ title: String, _ values: Family.Values) -> String {
    let entries = Family.all.filter { $0.values == values }.map(\.entry)
    var lines = [title]
    var isOpen = false
    for entry in entries.filter({ $0.count <= 38 }) {
      if isOpen {
        lines[lines.count - 1] += entry
      } else {
        lines.append("  \(entry)\(String(repeating: " ", count: 40 - entry.count))")
      }
      isOpen.toggle()
    }
    lines += entries.filter { $0.count > 38 }.map { "  \($0)" }
    return lines.map(\.trimmingBlanks).joined(separator: "\n")
  }
}

extension Family {
  /// `gamma             shape, rate (or scale)`
  fileprivate var entry: String {
    let name = name.count < 18 ? self.name + String(repeating: " ", count: 18 - self.name.count) : self.name + " "
    let or = alternatives.first.map { " (or \($0.parameter.name))" } ?? ""
    return name + parameters.map(\.name).joined(separator: ", ") + or
  }

  /// Formula, domain and moments, a line each.
  var factSheet: String {
    facts.rows.map { name, text in
      name + String(repeating: " ", count: 10 - name.count) + text
    }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var copy = self
    while copy.last == " " { copy.removeLast() }
    return copy
  }
}

import Kernels
import Lua

// A fit on a screen of 80 columns.
extension Fit {
  var text: String { ([title, numbers, ending, ""] + table).joined(separator: "\n") }

  private var title: String {
    let trials = (model.components.first as? Binomial).map { "trials = \(Lua.text($0.trials))" }
    let columns = d == 1 ? nil : "d = \(d)"
    let facts = [trials, "k = \(k)", "n = \(n)", columns].compactMap { $0 } + constraints
    let family = family.count <= 40 ? family : family.prefix(39) + "…"
    return (["\(family) mixture"] + facts).joined(separator: " · ")
  }

  /// Components that the table shows.
  private static let mostRows = 15

  private var table: [String] {
    let labels = ["component"] + (1...min(k, Fit.mostRows)).map { "\($0)" }
    let weights = ["weight"] + model.weights.prefix(Fit.mostRows).map { fixed($0, decimals: 4) }
    var blocks = [aligned(labels, left: true), aligned(weights, left: false)]
    let families = model.components.prefix(Fit.mostRows).map(familyName)
    if Set(families).count > 1 { blocks.append(aligned(["family"] + families, left: true)) }
    let columns = parameterColumns
    // Enough decimals for five digits of the largest number, and four of the largest in each column.
    let whole = decimals(of: columns.flatMap { $0.values.compactMap { $0 } }, digits: 5)
    for (name, values) in columns {
      let places = max(whole, decimals(of: values.compactMap { $0 }, digits: 4))
      let cells = values.prefix(Fit.mostRows).map { $0.map { fixed($0, decimals: places) } ?? "" }
      blocks.append(aligned([name] + cells, left: false))
    }
    let (lines, hidden) = sideBySide(blocks)
    let more = [
      k > Fit.mostRows ? "  … and \(k - Fit.mostRows) more components: see fit.components" : nil,
      hidden > 0 ? "  … and \(hidden) more parameters: see fit.components" : nil,
    ]
    return lines + more.compactMap { $0 }
  }

  /// The numbers of components, each a column; nil where a component has no such parameter.
  private var parameterColumns: [(name: String, values: [Double?])] {
    let all = model.components.map { familyName($0) == "noise" ? [] : $0.namedNumbers }
    var names: [String] = []
    for own in all { names += own.map(\.name).filter { !names.contains($0) } }
    return names.map { name in (name, all.map { own in own.first { $0.name == name }?.value }) }
  }

  private func familyName(_ component: any Distribution) -> String {
    let isNoise = constraints.contains { $0.hasSuffix("noise") } && component.family == model.components[k - 1].family
    return isNoise && component.family != model.components[0].family ? "noise" : component.family
  }
}

extension Distribution {
  /// Parameters as columns of a table: elements of vectors, of matrices the diagonal, of products by the names that constraints
  /// have for them; without the trials, which the title has.
  fileprivate var namedNumbers: [(name: String, value: Double)] {
    if let product = self as? ProductDistribution {
      return product.parts.enumerated().flatMap { c, part in
        part.namedNumbers.map { ("\($0.name)\(c + 1)", $0.value) }
      }
    }
    return parameters.filter { $0.name != "trials" }.flatMap { name, value -> [(name: String, value: Double)] in
      switch value {
      case .number(let x): [(name, x)]
      case .vector(let v): v.array.enumerated().map { ("\(name)[\($0 + 1)]", $1) }
      case .matrix(let m):
        (0..<m.rows).map { c in
          name == "cov" ? ("sd[\(c + 1)]", m[c, c].squareRoot()) : ("\(name)[\(c + 1)]", m[c, c])
        }
      case .distribution, .distributions: []
      }
    }
  }
}

extension EMStatus {
  /// How EM ended, in words.
  func sentence(steps: String, passes: String) -> String {
    switch self {
    case .converged: "converged in \(steps)"
    case .maxIterations: "not converged: max_iterations reached after \(passes)"
    case .timeLimit: "not converged: time_limit reached after \(passes)"
    case .interrupted: "interrupted after \(passes)"
    case .degenerate: "degenerate after \(passes)"
    }
  }
}

/// `1e-09` for anything from 1e-10 up to it.
func nextPowerOfTen(_ x: Double) -> String {
  var (power, bound) = (0, 1.0)
  while power > -300, x < bound / 10 { (power, bound) = (power - 1, bound / 10) }
  while power < 300, x >= bound { (power, bound) = (power + 1, bound * 10) }
  let digits = "\(abs(power))"
  return "1e\(power < 0 ? "-" : "+")\(digits.count == 1 ? "0" : "")\(digits)"
}

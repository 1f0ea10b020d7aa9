/// The Cholesky factor of a component's covariance: cov = L·Lᵀ.
struct LowerFactor {
  let d: Int
  /// L: d × d, column after column; the upper triangle is not it.
  private let lower: [Double]

  /// covariance: d × d · component: whose it is, for the error; nil where it is shared
  ///
  /// Throws where a column is, but for 1e-6 of its spread in the component, a linear combination of those before it.
  init(of covariance: [Double], _ d: Int, component: Int?) throws(Collapse) {
    var lower = covariance
    let minor = lower.withUnsafeMutableBufferPointer { f in f.baseAddress.flatMap { Cholesky.factorise($0, d) } }
    let flat = (0..<(minor ?? d + 1) - 1).first {
      let pivot = lower[$0 * (d + 1)]
      return pivot * pivot < 1e-12 * covariance[$0 * (d + 1)]
    }
    if let c = flat ?? minor.map({ $0 - 1 }) {
      throw Collapse(
        component: component,
        reason: "has collapsed: column \(c + 1) is a linear combination of the columns before it",
        advice: "a smaller k, covariance = \"tied\" or \"diagonal\", or more restarts")
    }
    (self.d, self.lower) = (d, lower)
  }

  /// log det L.
  var logRoot: Double { (0..<d).reduce(0) { $0 + log(lower[$1 * (d + 1)]) } }
  /// log det cov.
  var logDeterminant: Double { 2 * logRoot }

  /// L⁻¹: d × d, zero above the diagonal.
  var inverse: [Double] {
    var inverse = [Double](repeating: 0, count: d * d)
    inverse.withUnsafeMutableBufferPointer { inverse in
      for j in 0..<d {
        inverse[j * (d + 1)] = 1
        for c in j..<d {
          let x = inverse[c + j * d] / lower[c * (d + 1)]
          inverse[c + j * d] = x
          for i in c + 1..<max(d, c + 1) {
            inverse[i + j * d] = inverse[i + j * d].addingProduct(-x, lower[i + c * d])
          }
        }
      }
    }
    return inverse
  }

  /// cov⁻¹ = L⁻ᵀ·L⁻¹: d × d.
  var inverseOfProduct: [Double] {
    let inverse = inverse
    var product = [Double](repeating: 0, count: d * d)
    for b in 0..<d {
      for c in 0...b {
        let sum = (b..<d).reduce(0) { $0.addingProduct(inverse[$1 + b * d], inverse[$1 + c * d]) }
        (product[b + c * d], product[c + b * d]) = (sum, sum)
      }
    }
    return product
  }
}

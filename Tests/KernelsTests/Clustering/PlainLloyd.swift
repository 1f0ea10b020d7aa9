import Kernels

/// Lloyd's iteration as it is defined, one row and one centre after the other.
struct PlainLloyd {
  var centers: [[Double]]
  var labels: [Int] = []
  var iterations = 0
  var inertia = 0.0

  init(_ x: [[Double]], weights: [Double]? = nil, centers start: [[Double]], most: Int = 10_000) {
    centers = start
    let k = start.count
    while true {
      let before = labels
      labels = x.map { row in (0..<k).min { square(row, centers[$0]) < square(row, centers[$1]) } ?? 0 }
      if iterations == most { break }
      var counts = (0..<k).map { j in labels.count { $0 == j } }
      var distances = x.indices.map { square(x[$0], centers[labels[$0]]) }
      var filled = false
      for j in 0..<k where counts[j] == 0 {
        guard
          let i = x.indices.filter({ distances[$0] > 0 && counts[labels[$0]] > 1 }).max(by: {
            distances[$0] < distances[$1]
          })
        else { break }
        let first = distances.firstIndex(of: distances[i]) ?? i
        counts[labels[first]] -= 1
        (labels[first], distances[first], counts[j], filled) = (j, 0, 1, true)
      }
      if labels == before && !filled { break }
      for j in 0..<k {
        let rows = x.indices.filter { labels[$0] == j }
        let total = rows.reduce(0) { $0 + (weights?[$1] ?? 1) }
        guard total > 0 else { continue }
        centers[j] = centers[j].indices.map { c in
          // Exact enough that its rounding is that of the sum: products of halves of 26 bits would be, too.
          let sum = rows.reduce(into: (0.0, 0.0)) { sum, i in
            let product = x[i][c] * (weights?[i] ?? 1)
            let next = sum.0 + product
            sum.1 += abs(sum.0) >= abs(product) ? (sum.0 - next) + product : (product - next) + sum.0
            sum.0 = next
          }
          return (sum.0 + sum.1) / total
        }
      }
      iterations += 1
    }
    inertia = x.indices.reduce(0) { $0 + square(x[$1], centers[labels[$1]]) * (weights?[$1] ?? 1) }
  }
}

private func square(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0.0) { $0.addingProduct($1.0 - $1.1, $1.0 - $1.1) }
}

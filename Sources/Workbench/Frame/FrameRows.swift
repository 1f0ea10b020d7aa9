import Kernels

// Rows chosen and put in order. All are copies.
extension Frame {
  /// The rows at `indices`, from 0, in that order.
  package func rows(at indices: [Int]) throws(Failure) -> Frame {
    var picked: [(String, Column)] = []
    for (name, column) in zip(names, columns) { picked.append((name, column.with(try column.values.take(indices)))) }
    return try Frame(picked)
  }

  /// The first `count` rows, or as many as there are.
  package func head(_ count: Int) throws(Failure) -> Frame { try rows(at: Array(0..<min(max(count, 0), rows))) }

  /// The rows beside which `mask` is not 0.
  package func filter(_ mask: Vector) throws(Failure) -> Frame {
    guard mask.count == rows else {
      throw Failure(.shape, "the mask must have an element for each of \(rows) rows, got \(mask.count)")
    }
    return try rows(at: (0..<rows).filter { mask[$0] != 0 })
  }

  /// By the first name, then the next where that one has equals; rows equal in all of them stay in order, missing ones come
  /// last. Texts ascend as their levels do.
  package func sorted(by names: [String], descending: Bool = false) throws(Failure) -> Frame {
    try rows(at: order(by: names, descending: descending))
  }

  /// One frame for each combination of values in the named columns, ascending, missing ones last. Rows stay in order.
  package func grouped(by names: [String]) throws(Failure) -> [Frame] {
    var keys: [Vector] = []
    for name in names { keys.append(try column(name).values) }
    let order = try order(by: names)
    var groups: [Frame] = []
    var start = 0
    for end in 1..<order.count + 1 where end == order.count || differ(keys, order[end - 1], order[end]) {
      groups.append(try rows(at: Array(order[start..<end])))
      start = end
    }
    return groups
  }

  private func order(by names: [String], descending: Bool = false) throws(Failure) -> [Int] {
    var order = Array(0..<rows)
    // Sorting is stable, so the most important name comes last.
    for name in names.reversed() {
      let next = try column(name).values.take(order).order(descending: descending)
      order = next.map { order[$0] }
    }
    return order
  }

  private func differ(_ keys: [Vector], _ a: Int, _ b: Int) -> Bool {
    keys.contains { $0[a] != $0[b] && !($0[a].isNaN && $0[b].isNaN) }
  }
}

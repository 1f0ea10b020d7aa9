import Kernels

/// Texts in a row, each distinct one kept once: `levels`, and for each row the level's number.
package struct Factor: Sendable {
  /// Distinct, ascending by their bytes, so that they do not depend on the order of the rows.
  package let levels: [String]
  /// Row by row 1…levels.count, or NaN where the text is missing.
  package let codes: Vector

  /// `codes`: as above, for levels that are in order.
  init(levels: [String], codes: Vector) {
    self.levels = levels
    self.codes = codes
  }

  /// nil: missing.
  package init(_ texts: [String?]) throws(Failure) {
    var encoder = FactorEncoder()
    let codes = try Vector(uninitialized: texts.count)
    for (i, text) in texts.enumerated() { codes[i] = text.map { encoder.code(of: $0) } ?? .nan }
    self = encoder.factor(codes)
  }

  package var count: Int { codes.count }

  /// The text in row `i`, from 0; nil where it is missing.
  package subscript(i: Int) -> String? { codes[i].isNaN ? nil : levels[Int(codes[i]) - 1] }

  /// 1 where the row is the level `text`, 0 elsewhere; all 0 where there is no such level.
  package func isEqual(to text: String) throws(Failure) -> Vector {
    let code = code(of: text)
    return try mask { $0 == code }
  }

  /// 1 where the row is another level than `text`, 0 where it is that one or missing.
  package func isOther(than text: String) throws(Failure) -> Vector {
    let code = code(of: text)
    return try mask { $0 != code && !$0.isNaN }
  }

  private func code(of text: String) -> Double { levels.firstIndex(of: text).map { Double($0 + 1) } ?? 0 }

  private func mask(_ holds: (Double) -> Bool) throws(Failure) -> Vector {
    try Vector(codes.array.map { holds($0) ? 1 : 0 })
  }
}

/// Numbers texts in the order in which they come.
struct FactorEncoder {
  private var codes: [String: Double]
  private var levels: [String] = []

  /// `missing`: texts that get NaN.
  init(missing: [String] = []) {
    codes = Dictionary(missing.map { ($0, .nan) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func code(of text: String) -> Double {
    if let code = codes[text] { return code }
    levels.append(text)
    let code = Double(levels.count)
    codes[text] = code
    return code
  }

  /// The factor of `codes` that were given so far: they are written over, by those of the levels in order.
  func factor(_ codes: Vector) -> Factor {
    let order = levels.indices.sorted { levels[$0].utf8.lexicographicallyPrecedes(levels[$1].utf8) }
    var rank = [Double](repeating: 0, count: levels.count)
    for (position, level) in order.enumerated() { rank[level] = Double(position + 1) }
    for i in 0..<codes.count where !codes[i].isNaN { codes[i] = rank[Int(codes[i]) - 1] }
    return Factor(levels: order.map { levels[$0] }, codes: codes)
  }
}

import Synchronization

/// A number or an array together with how it changes: a dual number, the value of forward differentiation.
///
/// Each derivative that is being taken has a level of its own, so that one may be taken within another and neither takes the
/// other's variables for its own. A dual of a level holds its value and its slopes along the variables of that level, which are
/// duals of lower levels. Rules are written with duals, so that they can be differentiated again.
///
/// J. M. Siskind, B. A. Pearlmutter, Nesting forward-mode AD in a functional framework, High.-Order Symb. Comput. 21 (2008),
/// doi:10.1007/s10990-008-9037-1.
package enum Dual: Sendable {
  case constant(Numeric)
  case moving(Motion)

  /// slopes: along each variable of the level, nil for 0. One that is a number stands for every element of an array.
  package final class Motion: Sendable {
    let level: Int
    let value: Dual
    let slopes: [Dual?]

    init(level: Int, value: Dual, slopes: [Dual?]) {
      (self.level, self.value, self.slopes) = (level, value, slopes)
    }
  }

  package static func number(_ x: Double) -> Dual { .constant(.number(x)) }

  /// The value, without any slopes.
  package var primal: Numeric {
    switch self {
    case .constant(let x): x
    case .moving(let motion): motion.value.primal
    }
  }

  /// Doubles that it holds, its slopes' included.
  package var doubles: Int {
    switch self {
    case .constant(let x): x.elementCount
    case .moving(let motion): motion.slopes.reduce(motion.value.doubles) { $0 + ($1?.doubles ?? 0) }
    }
  }

  /// 0 for a constant.
  var level: Int { if case .moving(let motion) = self { motion.level } else { 0 } }

  /// Whether it changes with anything.
  package var moves: Bool { level > 0 }

  /// As a value of `level` or above: its value and its slopes at that level, none where it is of lower ones.
  func split(at level: Int) -> (value: Dual, slopes: [Dual?]) {
    if case .moving(let motion) = self, motion.level == level { return (motion.value, motion.slopes) }
    return (self, [])
  }

  static func make(level: Int, value: Dual, slopes: [Dual?]) -> Dual {
    if slopes.allSatisfy({ $0 == nil }) { return value }
    return .moving(Motion(level: level, value: value, slopes: slopes))
  }
}

// Taking a derivative: a level, variables of it, and what a function made of them.
extension Dual {
  private static let levels = Atomic<Int>(0)

  package static func newLevel() -> Int { levels.add(1, ordering: .relaxed).newValue }

  /// x as one variable: every element moves with it alike.
  package func variable(_ level: Int) -> Dual { .make(level: level, value: self, slopes: [.number(1)]) }

  /// x as a variable for each of its elements: a vector of n.
  package func variables(_ level: Int) throws(Failure) -> Dual {
    guard case .vector(let x) = primal else { return variable(level) }
    var slopes: [Dual?] = []
    for i in 0..<x.count {
      let unit = try Vector.zeros(x.count)
      unit[i] = 1
      slopes.append(.constant(.vector(unit)))
    }
    return .make(level: level, value: self, slopes: slopes)
  }

  /// The slopes along the `count` variables of a level, in the shape of the value.
  package func slopes(_ level: Int, count: Int) throws(Failure) -> [Dual] {
    var (value, slopes) = (self, [Dual?](repeating: nil, count: count))
    // Above are only values that a function has kept from a derivative that is over.
    while case .moving(let motion) = value, motion.level >= level {
      if motion.level == level { slopes = motion.slopes }
      value = motion.value
    }
    var result: [Dual] = []
    for slope in slopes { result.append(try (slope ?? .number(0)).spread(like: value.primal)) }
    return result
  }

  /// The same number at every element of an array of this shape; an array as it is.
  func spread(like shape: Numeric) throws(Failure) -> Dual {
    if case .number = shape { return self }
    guard case .number = primal else { return self }
    let zeros = try Vector.zeros(shape.elementCount)
    return try self + .constant(shape.shaping(zeros))
  }
}

// How a function acts on slopes.
extension Dual {
  /// f of x. derivative: f′ at x, from x and f(x)
  func applying(
    _ f: (Numeric) throws(Failure) -> Numeric, derivative: (_ x: Dual, _ value: Dual) throws(Failure) -> Dual
  ) throws(Failure) -> Dual {
    switch self {
    case .constant(let x): return .constant(try f(x))
    case .moving(let motion):
      let value = try motion.value.applying(f, derivative: derivative)
      let factor = try derivative(motion.value, value)
      return .make(
        level: motion.level, value: value,
        slopes: try motion.slopes.eachMoving { (slope) throws(Failure) in try factor * slope })
    }
  }

  /// f of x where f is linear: it acts on slopes as on values.
  func applyingLinear(_ f: (Numeric) throws(Failure) -> Numeric) throws(Failure) -> Dual {
    switch self {
    case .constant(let x): return .constant(try f(x))
    case .moving(let motion):
      let shape = motion.value.primal
      return .make(
        level: motion.level, value: try motion.value.applyingLinear(f),
        slopes: try motion.slopes.eachMoving { (slope) throws(Failure) in
          try slope.spread(like: shape).applyingLinear(f)
        })
    }
  }

  /// f of a and b. da, db: the derivatives by either, from a, b and the value
  static func combining(
    _ a: Dual, _ b: Dual, _ f: (Numeric, Numeric) throws(Failure) -> Numeric,
    da: (_ a: Dual, _ b: Dual, _ value: Dual) throws(Failure) -> Dual,
    db: (_ a: Dual, _ b: Dual, _ value: Dual) throws(Failure) -> Dual
  ) throws(Failure) -> Dual {
    if case .constant(let x) = a, case .constant(let y) = b { return .constant(try f(x, y)) }
    let level = max(a.level, b.level)
    let ((x, xSlopes), (y, ySlopes)) = (a.split(at: level), b.split(at: level))
    let value = try combining(x, y, f, da: da, db: db)
    let left = xSlopes.isEmpty ? nil : try da(x, y, value)
    let right = ySlopes.isEmpty ? nil : try db(x, y, value)
    return .make(
      level: level, value: value,
      slopes: try sum(
        try xSlopes.eachMoving { (slope) throws(Failure) in try slope * (left ?? .number(0)) },
        try ySlopes.eachMoving { (slope) throws(Failure) in try slope * (right ?? .number(0)) }))
  }

  /// f of a and b where f is linear in each: a product of some kind.
  static func combiningBilinear(
    _ a: Dual, _ b: Dual, _ f: (Numeric, Numeric) throws(Failure) -> Numeric
  ) throws(Failure) -> Dual {
    if case .constant(let x) = a, case .constant(let y) = b { return .constant(try f(x, y)) }
    let level = max(a.level, b.level)
    let ((x, xSlopes), (y, ySlopes)) = (a.split(at: level), b.split(at: level))
    return .make(
      level: level, value: try combiningBilinear(x, y, f),
      slopes: try sum(
        try xSlopes.eachMoving { (slope) throws(Failure) in
          try combiningBilinear(try slope.spread(like: x.primal), y, f)
        },
        try ySlopes.eachMoving { (slope) throws(Failure) in
          try combiningBilinear(x, try slope.spread(like: y.primal), f)
        }))
  }

  /// Slopes of a sum: either may be empty, or nil where it is 0.
  static func sum(_ a: [Dual?], _ b: [Dual?]) throws(Failure) -> [Dual?] {
    if a.isEmpty || b.isEmpty { return a.isEmpty ? b : a }
    var result: [Dual?] = []
    for (x, y) in zip(a, b) {
      if let x, let y { result.append(try x + y) } else { result.append(x ?? y) }
    }
    return result
  }
}

extension [Dual?] {
  func eachMoving(_ f: (Dual) throws(Failure) -> Dual) throws(Failure) -> [Dual?] {
    var result: [Dual?] = []
    result.reserveCapacity(count)
    for slope in self {
      if let slope { result.append(try f(slope)) } else { result.append(nil) }
    }
    return result
  }
}

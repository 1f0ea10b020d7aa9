import Kernels
import Lua
import Plotting

// What the functions of pictures take.

extension Kind where Value == Color {
  static var color: Kind {
    let names = Color.names.joined(separator: ", ")
    return Kind("a color: \(names), or \"#rrggbb\"", type: "string") { call, slot in
      call.string(slot).flatMap { Color($0) }
    }
    .offering(Color.names)
  }
}

extension Kind where Value == Coloring {
  /// One colour, a group for each mark, or an amount for each.
  static var coloring: Kind {
    Kind(
      "a color (\(Color.names.joined(separator: ", ")), \"#rrggbb\"), or for each point a group or a number",
      type: "string|factor|string[]|vector"
    ) { call, slot throws -> Coloring? in
      if let name = call.string(slot) { return Color(name).map { .one($0) } }
      if let vector = try? Kind<Vector>.vector.read(call, slot), !vector.isGrouping {
        return .amounts(try vector.copy())
      }
      let grouping: Grouping
      do { grouping = try Kind<Grouping>.grouping.read(call, slot) } catch is Mismatch { return nil }
      return .groups(names: grouping.names, codes: try Vector(grouping.codes.map { Double($0 + 1) }))
    }
  }
}

extension Vector {
  /// Whether the numbers are few whole ones, such as labels of clusters.
  fileprivate var isGrouping: Bool {
    var seen: Set<Double> = []
    return withValues { x in
      x.allSatisfy { value in
        guard value == value.rounded(), value.isFinite else { return false }
        return seen.count <= Vector.mostGroups && (seen.insert(value).inserted || true)
      }
    } && seen.count <= Vector.mostGroups && !seen.isEmpty
  }

  /// As many as there are colours.
  fileprivate static let mostGroups = Color.groups.count
}

/// Two ends of a range.
struct Range2: Sendable {
  let low, high: Double
}

extension Kind where Value == Range2 {
  static var range: Kind {
    Kind("{low, high}, two finite numbers that ascend", type: "number[]") { call, slot throws -> Range2? in
      guard let ends = try? Kind<Vector>.vector.read(call, slot), ends.count == 2 else { return nil }
      guard ends[0] < ends[1], ends[0].isFinite, ends[1].isFinite, (ends[1] - ends[0]).isFinite else { return nil }
      return Range2(low: ends[0], high: ends[1])
    }
  }
}

extension Kind where Value == HistogramLayer.Bins {
  static var bins: Kind {
    Kind("an integer from 1 to 10000, or the edges of bins", type: "integer|vector") {
      call, slot throws -> HistogramLayer.Bins? in
      if call.number(slot) != nil { return call.integer(slot).flatMap { (1...10_000).contains($0) ? .count($0) : nil } }
      return (try? Kind<Vector>.vector.read(call, slot)).map { .edges($0.array) }
    }
  }
}

/// Which heights contours have: so many, or these.
enum LevelChoice: Sendable {
  case count(Int)
  case heights([Double])
}

extension Kind where Value == LevelChoice {
  static var levels: Kind {
    Kind("an integer from 1 to 100, or a table of heights", type: "integer|number[]") {
      call, slot throws -> LevelChoice? in
      if call.number(slot) != nil { return call.integer(slot).flatMap { (1...100).contains($0) ? .count($0) : nil } }
      guard let heights = try? Kind<Vector>.vector.read(call, slot), heights.count <= 100 else { return nil }
      return heights.array.allSatisfy(\.isFinite) ? .heights(heights.array) : nil
    }
  }
}

/// What a curve is drawn from.
enum CurveSource: Sendable {
  case function(Callback)
  case distribution(any UnivariateDistribution)
}

extension Kind where Value == CurveSource {
  static var curve: Kind {
    Kind("a function of a vector, or a distribution of one dimension", type: "function|distribution") {
      call, slot throws -> CurveSource? in
      if case .function = call.content(slot) { return .function(try Kind<Callback>.function.read(call, slot)) }
      return (call.object(slot, as: DistributionObject.self)?.value as? any UnivariateDistribution).map {
        .distribution($0)
      }
    }
  }
}

/// What heights over a plane come from.
enum HeightSource: Sendable {
  case function(Callback)
  case distribution(any MultivariateDistribution)
  case matrix(Matrix)
}

extension Kind where Value == HeightSource {
  static var heights: Kind {
    Kind(
      "a distribution of two dimensions, a function of two vectors, or a matrix", type: "distribution|function|matrix"
    ) { call, slot throws -> HeightSource? in
      if case .function = call.content(slot) { return .function(try Kind<Callback>.function.read(call, slot)) }
      if let object = call.object(slot, as: DistributionObject.self) {
        guard let d = object.value as? any MultivariateDistribution, d.dimension == 2 else { return nil }
        return .distribution(d)
      }
      return (try? Kind<Matrix>.matrix.read(call, slot)).map { .matrix($0) }
    }
  }
}

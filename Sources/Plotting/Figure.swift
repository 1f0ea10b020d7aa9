import Kernels

/// One picture as plain data: titles, axes, and layers from back to front.
package struct Figure: Sendable {
  package var title = ""
  package var x = Axis()
  package var y = Axis()
  package var z = Axis()
  /// Whether a unit is as long upwards as sideways.
  package var isEqualAspect = false
  package var hasAxes = true
  package var legend = Legend.above
  /// In pixels of a screen; a bitmap has twice as many.
  package var size = (width: 720, height: 480)
  package private(set) var layers: [any Layer] = []
  /// Colours that layers have taken.
  private var taken = 0

  package enum Legend: String, CaseIterable, Sendable { case above, right, inside, none }

  package init() {}

  /// Puts a layer in front. Throws `.argument` where it is of space and the others are not, or the other way.
  package mutating func append(_ layer: any Layer) throws(Failure) {
    if let first = layers.first, first.isInSpace != layer.isInSpace {
      let (spatial, flat) = first.isInSpace ? (first, layer) : (layer, first)
      throw Failure(.argument, "a \(spatial.name) is drawn in space, and cannot be in one figure with a \(flat.name)")
    }
    layers.append(layer)
  }

  /// The next colour that tells layers apart.
  package mutating func nextColor() -> Color {
    defer { taken += 1 }
    return Color.group(taken)
  }

  package var isInSpace: Bool { layers.first?.isInSpace ?? false }

  /// What the layers span so far, or the limits that were set; nil where that is nothing.
  package func xSpan() throws(Failure) -> (low: Double, high: Double)? { try span(x, layers.flatMap(\.xValues)) }
  package func ySpan() throws(Failure) -> (low: Double, high: Double)? { try span(y, layers.flatMap(\.yValues)) }

  private func span(_ axis: Axis, _ values: [Vector]) throws(Failure) -> (low: Double, high: Double)? {
    if let limits = axis.limits { return limits }
    let (low, high) = try Axis.span(values, positive: axis.isLogarithmic)
    return low < high ? (low, high) : nil
  }
}

/// Several figures side by side.
package struct FigureGrid: Sendable {
  /// Row by row; nil leaves a place empty.
  package var figures: [Figure?]
  package var columns: Int
  package var title = ""
  /// Names of groups that all figures share, for one legend.
  package var groups: [String] = []
  /// Whether the axes of neighbours are shared, with no room between them.
  package var isTight = false
  package var size: (width: Int, height: Int)

  package init(_ figures: [Figure?], columns: Int, size: (width: Int, height: Int)) {
    (self.figures, self.columns, self.size) = (figures, columns, size)
  }

  package var rows: Int { (figures.count + columns - 1) / columns }
}

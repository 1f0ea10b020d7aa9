extension Family {
  /// The script of a picture: densities of a univariate family with several parameters, on one figure.
  ///
  /// parameters: of each curve, as they are typed
  static func curves(_ name: String, _ parameters: [String], from low: Double, to high: Double) -> String {
    let span = "from = \(low.named), to = \(high.named)"
    let lines = parameters.map { "fig:curve(dist.\(name)(\($0)), {\(span), label = \"\($0)\"})" }
    return (["local fig = plot.figure{xlabel = \"x\", ylabel = \"density\"}"] + lines).joined(separator: "\n")
  }
}

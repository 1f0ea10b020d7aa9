extension Family {
  /// The script of a picture: densities of a univariate family with several parameters, on one figure.
  ///
  /// parameters: of each curve, as they are typed
  static func curves(_ name: String, _ parameters: [String], from low: Double, to high: Double) -> String {
    let span = "from = \(low.named), to = \(high.named)"
    let lines = parameters.map { "fig:curve(dist.\(name)(\($0)), {\(span), label = \"\($0)\"})" }
    return (["local fig = plot.figure{xlabel = \"x\", ylabel = \"density\"}"] + lines).joined(separator: "\n")
  }

  /// The script of a picture: the density of a distribution of 2 × 2 matrices by their variances, to 7.5 times the covariance.
  ///
  /// distribution: as it is typed · covariance: of all matrices, positive
  static func variances(_ distribution: String, covariance: Double) -> String {
    let (c, end) = (covariance.named, (7.5 * covariance).named)
    return """
      -- By its two variances, where the covariance is \(c).
      local d, c = \(distribution), \(c)
      local z = {}
      for j = 1, 75 do
        z[j] = {}
        for i = 1, 75 do z[j][i] = i * j > 100 and d:pdf{{i * c / 10, c}, {c, j * c / 10}} or 0 end
      end
      local fig = plot.figure{xlabel = "x11", ylabel = "x22"}
      fig:contour(z, {x = {c / 10, \(end)}, y = {c / 10, \(end)}})
      """
  }
}

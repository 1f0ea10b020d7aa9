import Lua

extension API {
  /// What a Perigee script can reach: one line for each file of this folder.
  package static let perigee: API = API(
    modules: [
      .vector, .matrix, .frame, .dist, .random, .em, .kmeans, .optimize, .stats, .autodiff, .plot, .recipe,
    ],
    types: [
      .vector, .matrix, .factor, .frame, .distribution, .stream, .fit, .selection, .kmeans, .crosstab, .dual,
      .dualDistribution, .minimum, .solution, .scriptFit, .test, .ecdf, .histogram, .kde, .bootstrap, .figure,
      .figureGrid, .recipe,
    ],
    globals: [.help], closures: .derivatives
  )
}

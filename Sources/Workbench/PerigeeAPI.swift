import Lua

extension API {
  /// What a Perigee script can reach: one line for each file of this folder.
  package static let perigee: API = API(
    modules: [.vector, .matrix, .frame, .dist, .random, .em, .kmeans, .stats, .plot, .recipe],
    types: [
      .vector, .matrix, .factor, .frame, .distribution, .stream, .fit, .kmeans, .crosstab, .figure, .figureGrid,
      .recipe,
    ],
    globals: [.help]
  )
}

/// The components of a mixture, as EM needs them: a pass over a block of rows, and its maximisation.
///
/// A family is made for the rows that it is to fit, and throws then where they are not its kind of data. It deals with all k
/// components at once, so that they may share parameters. Sums are its own; it chooses their layout, and takes them about
/// the current parameters.
package protocol ComponentFamily: Sendable {
  /// Parameters of k components, in the form that a pass wants them in.
  associatedtype Components: Codable & Sendable

  /// The name of one component in Lua.
  var name: String { get }
  /// What is shared between components, as the summary of a fit says it: `equal sigma`.
  var constraint: String? { get }
  /// The model of multivariate normal components' covariances.
  var covariance: String? { get }
  var k: Int { get }
  /// Parameters that are free, weights aside.
  var freeParameters: Int { get }
  /// Numbers in the sums of a block.
  var sumCount: Int { get }
  /// Doubles that a block's pass needs to work in.
  var workspace: Int { get }
  /// What the densities of all rows leave out, since no component changes it.
  var logConstant: Double { get }

  /// logWeights: log wⱼ, k (read) · out: log wⱼpⱼ(xᵢ) at 256·j + i, or any number that is too small to count beside that of the
  /// row's best component (written)
  func logDensities(
    _ block: Block, _ components: Components, _ logWeights: [Double], into out: UnsafeMutablePointer<Double>)
  /// responsibilities: rᵢⱼ at 256·j + i (read) · sums: `sumCount` (added to)
  func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>)
  /// totals: Σᵢ rᵢⱼ, of k, positive · sums: taken about `components`
  func maximise(totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components) throws(Collapse)
    -> Components
  /// As `maximise`, for a first guess from a partition of the rows: inside the parameters' range where it can be.
  func begin(totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components) throws(Collapse)
    -> Components

  /// As `maximise` and `begin`, for families whose maximisation takes more than sums: by the responsibilities of all rows,
  /// n × k. Nil, by default, where sums suffice.
  func maximise(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components?
  func begin(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components?
  /// Whether responsibilities of all rows are wanted.
  var takesRows: Bool { get }

  /// Whether component j goes on without rows, since they have nothing to say of it.
  func mayVanish(_ j: Int) -> Bool

  /// All components fitted to all rows.
  var pooled: Components { get }
  func parameters(of components: Components) -> [Double]
  /// Nil where parameters are out of range.
  func components(with parameters: ArraySlice<Double>) -> Components?
  /// For each parameter, the size of a change that matters.
  var units: [Double] { get }
  /// Components of the same kind may change places: k, by default all of one.
  var kinds: [Int] { get }
  /// By what components are put in order within their kind, ascending and lexicographically.
  func location(of components: Components, _ j: Int) -> [Double]
  func reordered(_ components: Components, _ order: [Int]) -> Components

  /// From a start. Throws where a component is of another family or does not fit the rows.
  func components(from distributions: [any Distribution]) throws(Failure) -> Components
  /// The mixture that users see.
  func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture
}

extension ComponentFamily {
  package var constraint: String? { nil }
  package var covariance: String? { nil }
  package var workspace: Int { 0 }
  package var logConstant: Double { 0 }
  package var takesRows: Bool { false }
  package func mayVanish(_ j: Int) -> Bool { false }
  package func maximise(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components? {
    nil
  }
  package func begin(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components? { nil }
  package var kinds: [Int] { Array(repeating: 0, count: k) }

  package func begin(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    try maximise(totals: totals, sums: sums, after: components)
  }
}

/// A component that has no maximum-likelihood estimate any more.
package struct Collapse: Error {
  /// From 0; nil where it is the shared parameter.
  let component: Int?
  /// What happened to it: `has no spread in column 2`.
  let reason: String
  /// What the user may try.
  let advice: String
}

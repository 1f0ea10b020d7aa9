/// Where the state of a long fit is kept, so that the same call can go on after its process has died.
package protocol Checkpoint {
  /// Whether it is time to keep the state again.
  var isDue: Bool { get }
  /// What was kept by a call for the same fit; nil where nothing was. Throws where the state kept is another fit's.
  func load<State: Decodable>(_ type: State.Type) throws(Failure) -> State?
  /// Keeps the state instead of the one before: whoever dies in the middle leaves one of the two.
  func save(_ state: some Encodable) throws(Failure)
  /// The fit has ended: nothing is left to go on with.
  func discard()
}

import Kernels

/// The state of a fit in a file, written every two seconds.
final class FileCheckpoint: Checkpoint {
  private struct Head: Decodable {
    let format: String
    let version: Int
    let fit: FitOrigin
  }

  private struct Body<State: Decodable>: Decodable { let state: State }

  private struct Whole<State: Encodable>: Encodable {
    let format: String
    let version: Int
    let fit: FitOrigin
    let state: State
  }

  private static let format = "perigee checkpoint"
  private static let version = 1

  private let file: JSONFile
  private let origin: FitOrigin
  private var next = ContinuousClock.now + .seconds(2)

  init(_ path: String, _ origin: FitOrigin) {
    file = JSONFile(path: path)
    self.origin = origin
  }

  var isDue: Bool { ContinuousClock.now >= next }

  func load<State: Decodable>(_ type: State.Type) throws(Failure) -> State? {
    guard let head = try file.read(Head.self) else { return nil }
    guard head.format == FileCheckpoint.format, head.version == FileCheckpoint.version else {
      throw Failure(
        .data, "'\(file.path)' is no checkpoint that this version can read: name another file, or remove it")
    }
    guard head.fit == origin else {
      throw Failure(
        .argument, "'\(file.path)' was written by a fit of other data or options: name another file, or remove it")
    }
    return try file.read(Body<State>.self)?.state
  }

  func save(_ state: some Encodable) throws(Failure) {
    try file.write(
      Whole(format: FileCheckpoint.format, version: FileCheckpoint.version, fit: origin, state: state))
    next = ContinuousClock.now + .seconds(2)
  }

  func discard() { file.remove() }
}

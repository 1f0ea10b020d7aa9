import Kernels

/// The data sets that are part of the program; `Data/README.md` says where they come from.
package enum BundledData {
  package static var names: [String] { sets.map(\.name) }

  /// nil where there is no set of that name.
  package static func load(_ name: String) throws(Failure) -> Frame? {
    try cells(name).map { cells throws(Failure) in try FrameReader.read(cells) }
  }

  static func cells(_ name: String) throws(Failure) -> CsvCells? {
    guard let set = sets.first(where: { $0.name == name }) else { return nil }
    return try CsvCells(name: name, bytes: set.bytes())
  }

  /// What a file of the set would hold.
  static func bytes(_ name: String) -> [UInt8]? { sets.first { $0.name == name }?.bytes() }

  private static let sets: [(name: String, bytes: @Sendable () -> [UInt8])] = [
    ("faithful", { PackageResources.faithful_csv }),
    ("iris", { PackageResources.iris_csv }),
  ]
}

import Kernels
import Lua

/// Distributions in files of their own, and those that files of fits hold.
private struct DistributionFile: Decodable {
  let distribution: any Distribution

  private enum Key: String, CodingKey { case model }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    distribution =
      try container.contains(.model)
      ? container.decode(DistributionRecord.self, forKey: .model).distribution
      : DistributionRecord(from: decoder).distribution
  }
}

extension Function {
  static let loadDistribution = Function(
    "dist.load", "The distribution in a JSON file that distribution:save has written, or the model that fit:save has.",
    Parameter("file", Kind<String>.string, "the path"), returns: "a distribution",
    example: """
      local file = os.tmpname()
      dist.mixture({0.4, 0.6}, {dist.normal(0, 1), dist.normal(3, 2)}):save(file)
      print(dist.load(file))
      os.remove(file)
      """
  ) { _, path in
    guard let file = try JSONFile(path: path).read(DistributionFile.self) else {
      throw ArgumentError("\(quoted(path)) not found")
    }
    return DistributionObject(file.distribution)
  }

  static let saveDistribution = Function(
    "distribution:save",
    "Writes the distribution to a file, which dist.load reads: JSON, with doubles that are exact to the last bit.",
    .distribution, Parameter("file", Kind<String>.string, "the path; what was there is replaced"), returns: "nothing",
    example: """
      local file = os.tmpname()
      dist.normal(0, 1):save(file)
      os.remove(file)
      """
  ) { _, d, path in
    try JSONFile(path: path).write(DistributionRecord(d.value), indented: true)
    return Nothing()
  }
}

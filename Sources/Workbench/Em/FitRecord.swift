import Kernels
import Lua

/// A fit in a file. `version` counts changes of the format; a reader refuses versions that it does not know.
struct FitRecord: Codable {
  private static let format = "perigee fit"
  private static let version = 1

  let format: String
  let version: Int
  /// Of the program that wrote it.
  let perigee: String
  let model: DistributionRecord
  let loglik, certainty: Double
  /// Of the rows, where they do not count 1 each.
  let weight: Double?
  let df: Int
  let status: EMStatus
  let certificate: Certificate
  let trace: [Double]
  let evaluations, starts, degenerateStarts: Int
  let optima: [Fit.Optimum]
  /// Data, options and seed.
  let origin: FitOrigin

  init(_ object: FitObject) {
    (format, version, perigee) = (FitRecord.format, FitRecord.version, Workbench.version)
    let fit = object.fit
    model = DistributionRecord(fit.model)
    (loglik, certainty, df) = (fit.loglik, fit.certainty, fit.df)
    weight = fit.weight == Double(fit.n) ? nil : fit.weight
    (status, certificate, trace) = (fit.status, fit.certificate, fit.trace)
    (evaluations, starts, degenerateStarts) = (fit.evaluations, fit.starts, fit.degenerateStarts)
    (optima, origin) = (fit.optima, object.origin)
  }

  /// Throws where the file is not there, or is no fit of a known version.
  static func read(_ path: String) throws -> FitObject {
    let file = JSONFile(path: path)
    guard let head = try file.read(Head.self) else { throw Failure(.argument, "\(quoted(path)) not found") }
    guard head.format == format else { throw Failure(.data, "\(quoted(path)) is no file of a fit") }
    guard head.version == version else {
      throw Failure(
        .data, "\(quoted(path)) has version \(head.version) of the format, this program reads version \(version)")
    }
    guard let record = try file.read(FitRecord.self), let model = record.model.distribution as? any Mixture else {
      throw Failure(.data, "\(quoted(path)) holds no mixture")
    }
    return FitObject(record.fit(model), record.origin)
  }

  private struct Head: Decodable {
    let format: String
    let version: Int
  }

  private func fit(_ model: any Mixture) -> Fit {
    Fit(
      model: model, family: origin.family, covariance: origin.covariance, constraints: origin.constraints,
      n: origin.rows, weight: weight, d: origin.columns, df: df, loglik: loglik, certainty: certainty, status: status,
      certificate: certificate, trace: trace,
      evaluations: evaluations, starts: starts, degenerateStarts: degenerateStarts, optima: optima)
  }
}

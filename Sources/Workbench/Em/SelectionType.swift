import Kernels
import Lua

/// Fits of several models as a script holds them.
struct SelectionObject: ScriptObject {
  static let scriptType = ScriptType("selection")
  let selection: ModelSelection
  let origin: SelectionOrigin

  var brief: String { "selection among \(selection.entries.count) models" }

  func fit(_ entry: ModelSelection.Entry) throws -> FitObject {
    FitObject(entry.fit, try origin.origin(of: entry.fit), data: origin.rows.matrix)
  }
}

/// What all fits of a selection were made from.
struct SelectionOrigin: Sendable {
  fileprivate let rows: Rows
  private let options: EMOptions
  private let seed: Int?

  init(_ rows: Rows, _ options: EMOptions, seed: Int?) throws {
    (self.rows, self.options, self.seed) = (rows, options, seed)
  }

  func origin(of fit: Fit) throws -> FitOrigin {
    try FitOrigin(
      rows, family: fit.family, k: fit.k, covariance: fit.covariance, constraints: fit.constraints, start: nil, options,
      seed: seed, held: FitOrigin.held(FixedValues(), [:], labels: nil, prior: nil, rows))
  }
}

extension TypeDeclaration {
  static let selection = TypeDeclaration(
    SelectionObject.self, "Fits of several models to the same data, in the order of a criterion.",
    methods: [plotOfSelection],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(selection)", "The table, best first.", object, returns: "a string",
          example: "local x = frame.load(\"faithful\").eruptions\nprint(em.select(x, {k = {1, 2, 3}, restarts = 4}))"
        ) { _, object in object.selection.text })
    ],
    fields: [
      Field("best", "fit", "the fit that the criterion prefers") { object in
        try object.fit(object.selection.entries[0])
      },
      Field("fits", "fit[]", "all fits, best first") { object in
        try object.selection.entries.map { try object.fit($0) }
      },
      Field("criterion", "string", "aic, aicc, bic, icl, caic or sabic") { $0.selection.criterion.rawValue },
      Field("values", "vector", "of the criterion, best first") { object in
        try Vector(object.selection.entries.map(\.value))
      },
      Field("table", "table[]", "k, family, covariance, loglik, df, value and converged of each fit, best first") {
        $0.selection.entries.map { entry in
          Record([
            ("k", entry.candidate.k), ("family", entry.candidate.family), ("covariance", entry.candidate.covariance),
            ("loglik", entry.fit.loglik), ("df", entry.fit.df), ("value", entry.value),
            ("converged", entry.fit.status == .converged),
          ])
        }
      },
      Field("skipped", "table[]", "k, family, covariance and reason of each model that could not be estimated") {
        $0.selection.skipped.map { skipped in
          Record([
            ("k", skipped.candidate.k), ("family", skipped.candidate.family),
            ("covariance", skipped.candidate.covariance), ("reason", skipped.reason),
          ])
        }
      },
    ])

  private static let object = Parameter<SelectionObject>("selection", .object, "the selection")
}

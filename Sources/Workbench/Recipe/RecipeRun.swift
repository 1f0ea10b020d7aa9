import Kernels
import Lua

/// A recipe that is about to run: its results are those of the call that pushes this.
struct RecipeRun: Pushable {
  private let recipe: Recipe
  private let values: [(RecipeParameter, RecipeValue)]
  private let file: String?
  private let report: String?

  init(_ recipe: Recipe, _ values: [(RecipeParameter, RecipeValue)], file: String?, report: String?) {
    (self.recipe, self.values, self.file, self.report) = (recipe, values, file, report)
  }

  func push(to call: Call) throws -> Int32 {
    let record = Record(values.map { ($0.name, $1) })
    guard let report else { return try recipe.run.pushResult(call, record) }
    let page = Report(title: recipe.name, summary: recipe.summary, script: file, parameters: values)
    return try ReportRun(page, file: report, recipe.run, [record]).push(to: call)
  }
}

/// A function that is about to run while a report is kept.
struct ReportRun: Pushable {
  private let report: Report
  private let file: String
  private let function: Callback
  private let arguments: [any Pushable]

  init(_ report: Report, file: String, _ function: Callback, _ arguments: [any Pushable]) {
    (self.report, self.file, self.function, self.arguments) = (report, file, function, arguments)
  }

  func push(to call: Call) throws -> Int32 {
    let state = call.state
    guard state.report == nil else { throw ArgumentError("a report is being kept already") }
    try Report.requireWritable(file)
    try report.requireReadableScript()
    let recorder = ReportRecorder()
    state.report = recorder
    let seed = state.seed
    defer { state.report = nil }
    let slots: Int32
    do {
      let capture = try OutputCapture()
      defer { recorder.output = capture.finish() }
      slots =
        try arguments.count == 1
        ? function.pushResult(call, arguments[0]) : function.pushResult(call)
    }
    if let result = try call.textOfTop() { recorder.output += result + "\n" }
    try write(Array(try report.page(recorder, seed: seed).utf8), to: file)
    return slots
  }
}

import Kernels
import Testing

@Suite struct ModelSelectionTests {
  static func candidates(_ rows: Rows, _ ks: ClosedRange<Int>, _ names: [String]) -> [ModelSelection.Candidate] {
    names.flatMap { name in
      ks.map { k in
        ModelSelection.Candidate(k: k, family: "mvnormal", covariance: name) { options throws(Failure) in
          do {
            return try CovarianceModelTests.fit(rows, try CovarianceModelTests.family(name, rows, k: k), options)
          } catch let failure as Failure { throw failure } catch { throw Failure(.argument, "\(error)") }
        }
      }
    }
  }

  /// VEV with two components is the best of all 14 models of iris with up to four.
  @Test func iris() throws {
    let rows = try DataSets.iris()
    let all = CovarianceModels.all.map { $0.name }
    let choice = try ModelSelection(Self.candidates(rows, 1...4, all), by: .bic, EMOptions(seed: 1))
    #expect(choice.best.k == 2 && choice.best.covariance == "VEV" && choice.best.df == 26)
    #expect(choice.best.bic <= 561.7285 + 1e-3 && choice.best.loglik >= -215.7259 - 1e-3)
    #expect(choice.entries.count + choice.skipped.count == 56)
    #expect(zip(choice.entries, choice.entries.dropFirst()).allSatisfy { $0.value <= $1.value })
  }

  @Test func faithful() throws {
    let rows = try DataSets.faithful()
    let all = CovarianceModels.all.map { $0.name }
    let choice = try ModelSelection(Self.candidates(rows, 1...4, all), by: .bic, EMOptions(seed: 1))
    #expect(choice.best.k == 3 && choice.best.covariance == "EEE" && choice.best.bic <= 2314.316 + 1e-3)
    // mclust stops before the top.
    #expect(choice.best.bic > 2314.316 - 0.1)
  }

  /// Criteria of one fit, from its likelihood, written out.
  @Test func criteria() throws {
    let rows = try DataSets.waiting()
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2), EMOptions(seed: 1))
    // R: L <- -1034.00174983; n <- 272; df <- 5
    let expected: [(InformationCriterion, Double)] = [
      (.aic, 2078.003500), (.aicc, 2078.229064), (.bic, 2096.032510), (.caic, 2101.032510), (.sabic, 2080.178871),
    ]
    for (criterion, value) in expected { #expect(abs(criterion.value(of: fit) - value) < 1e-4, "\(criterion)") }
    #expect(InformationCriterion.icl.value(of: fit) > fit.bic)
  }

  @Test func whatCannotBeEstimatedIsSkipped() throws {
    let points = try Rows(try Matrix(rows: [[1, 2], [2, 1], [3, 5], [4, 4], [7, 1], [9, 8]]))
    let choice = try ModelSelection(Self.candidates(points, 1...4, ["EII", "VVV"]), by: .bic, EMOptions(seed: 1))
    #expect(choice.skipped.contains { $0.candidate.covariance == "VVV" && $0.candidate.k == 4 })
    #expect(choice.skipped.allSatisfy { !$0.reason.isEmpty })
    let flat = try Rows(try Matrix(rows: [[1, 1], [2, 2], [3, 3], [4, 4]]))
    #expect(throws: Failure.self) {
      try ModelSelection(Self.candidates(flat, 1...2, ["VVV", "EEE"]), by: .bic, EMOptions(seed: 1))
    }
  }
}

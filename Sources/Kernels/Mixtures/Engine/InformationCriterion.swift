/// What weighs a fit's likelihood against its parameters: smaller is better. L is the likelihood, df the free parameters, n the
/// rows.
package enum InformationCriterion: String, CaseIterable, Sendable {
  /// −2·log L + 2·df (H. Akaike, 1974, doi:10.1109/TAC.1974.1100705).
  case aic
  /// AIC + 2·df·(df + 1)/(n − df − 1), infinite for n ≤ df + 1 (C. M. Hurvich, C.-L. Tsai, 1989, doi:10.1093/biomet/76.2.297).
  case aicc
  /// −2·log L + df·log n (G. Schwarz, 1978, doi:10.1214/aos/1176344136).
  case bic
  /// BIC − 2·Σᵢ log maxⱼ P(j | xᵢ): BIC with labels that count as seen (C. Biernacki et al., 2000, doi:10.1109/34.865189).
  case icl
  /// −2·log L + df·(log n + 1) (H. Bozdogan, 1987, doi:10.1007/BF02294361).
  case caic
  /// −2·log L + df·log((n + 2)/24) (S. L. Sclove, 1987, doi:10.1007/BF02294360).
  case sabic

  package func value(of fit: some FitSummary) -> Double {
    let (deviance, df, n) = (-2 * fit.loglik, Double(fit.df), fit.weight)
    return switch self {
    case .aic: deviance + 2 * df
    case .aicc: n > df + 1 ? deviance + 2 * df + 2 * df * (df + 1) / (n - df - 1) : .infinity
    case .bic: deviance + df * log(n)
    case .icl: deviance + df * log(n) - 2 * fit.certainty
    case .caic: deviance + df * (log(n) + 1)
    case .sabic: deviance + df * log((n + 2) / 24)
    }
  }
}

extension FitSummary {
  package var bic: Double { InformationCriterion.bic.value(of: self) }
  package var aic: Double { InformationCriterion.aic.value(of: self) }
  package var icl: Double { InformationCriterion.icl.value(of: self) }
}

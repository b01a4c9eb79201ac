internal import Options

/// A way to tell what a model goes by.
package enum ExplainMethod: String, CaseIterable, NamedOption {
  case permutation, saliency, integratedGradients, occlusion

  package var summary: String {
    switch self {
    case .permutation:
      "How much worse the answers are where a column's values are dealt out to other rows (Breiman 2001)."
    case .saliency: "The gradient of the answer by each value (Simonyan et al. 2014)."
    case .integratedGradients:
      "What each value adds on the way from the mean row, in all the answer (Sundararajan et al. 2017)."
    case .occlusion:
      "How much the answer falls where a column or a part of a picture is that of the mean row (Zeiler and Fergus 2014)."
    }
  }
}

internal import Options

/// How an image of other proportions comes to the size wanted.
package enum ImageFit: String, NamedOption {
  /// Fills the size; what stands out is cut on both sides alike.
  case cover
  /// Fits inside the size, with the background around it.
  case contain
  /// Takes the size, proportions or not.
  case stretch

  package var summary: String {
    switch self {
    case .cover: "Fill the size and cut what stands out."
    case .contain: "Fit inside the size, with the background around."
    case .stretch: "Take the size, whatever the proportions."
    }
  }
}

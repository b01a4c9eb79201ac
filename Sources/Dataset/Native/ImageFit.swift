/// How an image of other proportions comes to the size wanted.
package enum ImageFit: String, Hashable, Sendable, CaseIterable {
  /// Fills the size; what stands out is cut on both sides alike.
  case cover
  /// Fits inside the size, with black around it.
  case contain
  /// Takes the size, proportions or not.
  case stretch
}

/// What the values of a feature mean.
package enum FeatureKind: String, Hashable, Sendable, CaseIterable {
  case numbers
  case category
  case image
  case audio
  case text
}

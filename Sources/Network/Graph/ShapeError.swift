/// Why a layer cannot take its inputs, told without naming the layer.
package struct ShapeError: Error, Hashable, Sendable {
  /// The lower-case fact.
  package var fact: String
  /// What would mend it.
  package var remedy: String

  package init(_ fact: String, remedy: String) {
    self.fact = fact
    self.remedy = remedy
  }
}

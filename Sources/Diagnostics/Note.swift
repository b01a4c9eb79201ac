/// A sentence that goes with a diagnostic: a remedy, or another place that matters.
package struct Note: Hashable, Sendable, Codable {
  package var message: String
  package var range: SourceRange?

  /// What could be written instead, where the sentence suggests that.
  package var replacement: Replacement?

  package init(_ message: String, at range: SourceRange? = nil) {
    self.message = message
    self.range = range
  }
}

extension Note: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value) }
}

/// A sentence that goes with a diagnostic: a remedy, or another place that matters.
package struct Note: Hashable, Sendable, Codable {
  package var message: String
  package var range: SourceRange?

  package init(_ message: String, at range: SourceRange? = nil) {
    self.message = message
    self.range = range
  }
}

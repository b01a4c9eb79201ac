package import Hardware

/// What a training's first steps found fastest, and what that holds for.
package struct MeasuredChoice: Codable, Hashable, Sendable {
  /// Tells networks, batches and machines apart: a digest of all that the figures depend on.
  package var key: String
  package var threads: Int
  package var precision: Precision
  package var channelsLast: Bool
  /// What was measured, as a clause after "because".
  package var figures: String

  package init(
    key: String, threads: Int, precision: Precision, channelsLast: Bool, figures: String
  ) {
    self.key = key
    self.threads = threads
    self.precision = precision
    self.channelsLast = channelsLast
    self.figures = figures
  }
}

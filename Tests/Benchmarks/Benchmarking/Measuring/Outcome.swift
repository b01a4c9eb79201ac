/// How one turn of a tool came out.
enum Outcome: Hashable, Sendable {
  case finished(Measurement)
  /// It was stopped after so many seconds.
  case exceeded(Double)
  /// It ended otherwise than it should, or did not do what was asked.
  case failed(String)
  /// The tool has nothing of the kind, and why.
  case notOffered(String)

  var measurement: Measurement? {
    if case .finished(let measurement) = self { measurement } else { nil }
  }
}

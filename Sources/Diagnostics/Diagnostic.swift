/// A problem that a person caused and can remove, with its place and its remedy.
///
/// The message is a lower-case fact that quotes what the user wrote; what to do about it stands in
/// the notes. It is the only error type that people get to see.
package struct Diagnostic: Error, Hashable, Sendable, Codable {
  package enum Severity: String, Hashable, Sendable, Codable {
    case error, warning
  }

  package var severity: Severity
  package var message: String
  package var range: SourceRange?
  package var notes: [Note]

  /// Makes a diagnostic whose remedies come before its other notes.
  package init(
    _ message: String, at range: SourceRange? = nil, severity: Severity = .error,
    remedy remedies: String..., notes: [Note] = []
  ) {
    self.severity = severity
    self.message = message
    self.range = range
    self.notes = remedies.map { Note($0) } + notes
  }

  /// Makes a diagnostic with a remedy that can be written in place of the mistake, or with words only.
  package init(
    _ message: String, at range: SourceRange? = nil, severity: Severity = .error,
    remedy first: Note, _ others: Note..., notes: [Note] = []
  ) {
    self.init(message, at: range, severity: severity, notes: [first] + others + notes)
  }

  /// Where the problem starts, if it has a place.
  package var location: SourceLocation? { range?.start }

  /// The same diagnostic with one more remedy.
  package func adding(remedy: String) -> Diagnostic { adding(remedy: Note(remedy)) }

  /// The same diagnostic with one more remedy.
  package func adding(remedy: Note) -> Diagnostic {
    var copy = self
    copy.notes.append(remedy)
    return copy
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The diagnostic without source lines or colour.
  package var description: String { DiagnosticRenderer().render(self) }
}

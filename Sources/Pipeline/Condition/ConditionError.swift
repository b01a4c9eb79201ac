package import Diagnostics

/// Why an expression is not a condition, with the characters concerned.
package struct ConditionError: Error, Hashable, Sendable {
  package let message: String
  package let remedy: String
  package let span: Condition.Span

  /// What could stand in place of these characters, where the remedy suggests that.
  package var replacement: String? = nil

  /// The remedy as a diagnostic has it.
  package var note: Note {
    var note = Note(remedy)
    note.replacement = replacement.map { Replacement($0) }
    return note
  }
}

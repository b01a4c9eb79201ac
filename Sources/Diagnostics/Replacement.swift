/// A text that would mend a problem in the place of one that the user wrote.
package struct Replacement: Hashable, Sendable, Codable {
  /// What would stand there, without quotes around it.
  package var text: String

  /// What it takes the place of; nil where that is all that the problem is about.
  package var range: SourceRange?

  package init(_ text: String, for range: SourceRange? = nil) {
    self.text = text
    self.range = range
  }
}

extension Diagnostic {
  /// A text that would mend the problem, with the words that suggest it.
  package struct Remedy: Hashable, Sendable {
    /// The note's sentence, such as `did you mean 'epochs'?`.
    package let message: String
    package let text: String
    package let range: SourceRange
  }

  /// The texts of which each would mend the problem, where it has a place.
  package var replacements: [Remedy] {
    notes.compactMap { note in
      guard let replacement = note.replacement, let range = replacement.range ?? range else {
        return nil
      }
      return Remedy(message: note.message, text: replacement.text, range: range)
    }
  }
}

extension Note {
  /// Suggests a name for what stands at the problem's place.
  ///
  /// - Parameters:
  ///   - name: The name as the sentence has it.
  ///   - text: What would be written for it, where that is more than the name.
  package static func didYouMean(_ name: String, writing text: String? = nil) -> Note {
    var note = Note("did you mean '\(name)'?")
    note.replacement = Replacement(text ?? name)
    return note
  }

  /// Suggests a reference such as `${vars.epochs}` for what stands at the problem's place.
  package static func didYouMean(reference: String) -> Note {
    var note = Note("did you mean \(reference)?")
    note.replacement = Replacement(reference)
    return note
  }
}

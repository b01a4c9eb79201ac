internal import Diagnostics

/// Which places of a pipeline got their value through a reference, so that a diagnostic about such a
/// value can show where it comes from.
struct Origins: Sendable {
  private var notes: [SourceLocation: [Note]] = [:]
  private var failed: Set<SourceLocation> = []

  /// The texts that refer to something in another language.
  private(set) var foreign: [SourceRange: ForeignReference] = [:]

  /// A diagnostic names no more references than these, so that a text made of them stays cheap.
  private static let most = 8

  /// Remembers that the scalar at `place` was filled in.
  mutating func add(_ note: Note, at place: SourceRange) {
    let known = notes[place.start] ?? []
    guard known.count < Self.most, !known.contains(note) else { return }
    notes[place.start, default: []].append(note)
  }

  /// Remembers that the scalar at `place` refers to something in another language.
  mutating func add(_ reference: ForeignReference, at place: SourceRange) {
    foreign[place] = reference
  }

  /// Remembers that the scalar at `place` could not be filled in, which was reported.
  mutating func addFailure(at place: SourceRange) {
    failed.insert(place.start)
  }

  /// The diagnostics with a note for each reference behind the value that they are about, without
  /// those that only follow from a reference that failed.
  ///
  /// - Parameter topic: what `anneal help` explains, for a problem that names no remedy itself.
  func explain(_ diagnostics: Diagnostics, topic: String) -> Diagnostics {
    Diagnostics(diagnostics.all.compactMap { explain($0, topic: topic) })
  }

  private func explain(_ diagnostic: Diagnostic, topic: String) -> Diagnostic? {
    var explained = diagnostic
    let isForeign = foreign.keys.contains { $0.start == diagnostic.location }
    if explained.notes.isEmpty, !isForeign {
      explained = explained.adding(remedy: "'anneal help \(topic)' shows what may stand here")
    }
    guard let place = diagnostic.location else { return explained }
    guard !failed.contains(place) else { return nil }
    explained.notes += notes[place] ?? []
    return explained
  }
}

internal import Diagnostics

/// Which places of a pipeline got their value through a reference, so that a diagnostic about such a
/// value can show where it comes from.
struct Origins: Sendable {
  private var notes: [SourceLocation: [Note]] = [:]
  private var failed: Set<SourceLocation> = []

  /// Remembers that the scalar at `place` was filled in.
  mutating func add(_ note: Note, at place: SourceRange) {
    guard !(notes[place.start]?.contains(note) ?? false) else { return }
    notes[place.start, default: []].append(note)
  }

  /// Remembers that the scalar at `place` could not be filled in, which was reported.
  mutating func addFailure(at place: SourceRange) {
    failed.insert(place.start)
  }

  /// The diagnostics with a note for each reference behind the value that they are about, without
  /// those that only follow from a reference that failed.
  func explain(_ diagnostics: Diagnostics) -> Diagnostics {
    Diagnostics(diagnostics.all.compactMap { explain($0) })
  }

  private func explain(_ diagnostic: Diagnostic) -> Diagnostic? {
    guard let place = diagnostic.location else { return diagnostic }
    guard !failed.contains(place) else { return nil }
    var explained = diagnostic
    explained.notes += notes[place] ?? []
    return explained
  }
}

internal import Diagnostics
internal import Options

/// A reference as other languages write it, such as `{{ epochs }}` or `$vars.epochs`, within a text.
struct ForeignReference: Hashable, Sendable {
  /// As it is written.
  let written: String

  /// The names of the reference that was meant, the kind first.
  let path: [String]

  /// Suggests the text with the reference that was meant.
  let note: Note

  /// Finds the first one in a text; fails where there is none.
  init?(in text: String) {
    let start: String.Index
    let end: String.Index
    if let open = text.firstRange(of: "{{"),
      let close = text[open.upperBound...].firstRange(of: "}}")
    {
      let isMarked = text[..<open.lowerBound].hasSuffix("$")
      start = isMarked ? text.index(before: open.lowerBound) : open.lowerBound
      end = close.upperBound
    } else if let dollar = text.firstRange(of: "$vars.") ?? text.firstRange(of: "$matrix."),
      !text[..<dollar.lowerBound].hasSuffix("$")
    {
      start = dollar.lowerBound
      let name = text[dollar.upperBound...].prefix {
        $0.isLetter || $0.isNumber || "_-.".contains($0)
      }
      end = name.endIndex
    } else {
      (start, end) = (text.startIndex, text.endIndex)
    }
    written = String(text[start..<end])
    guard let meant = written.meantReference else { return nil }
    path = meant.dropFirst(2).dropLast().split(separator: ".").map(String.init)
    guard path.count > 1 else { return nil }
    note = .didYouMean(reference: text[..<start] + meant + text[end...])
  }
}

extension ForeignReference {
  /// The problems, with what was meant for those about texts with such references, and a warning for each
  /// text that is right otherwise, since nothing fills it in.
  static func settle(
    _ found: [SourceRange: ForeignReference], among problems: Diagnostics
  ) -> Diagnostics {
    guard !found.isEmpty else { return problems }
    let places = Dictionary(found.map { ($0.key.start, $0.value) }) { first, _ in first }
    var told: Set<SourceLocation> = []
    var settled = Diagnostics(
      problems.map { problem in
        guard let place = problem.location, let reference = places[place] else { return problem }
        told.insert(place)
        guard !problem.notes.contains(where: { $0.message == reference.note.message }) else {
          return problem
        }
        var explained = problem
        explained.notes.insert(reference.note, at: 0)
        return explained
      })
    settled.add(
      contentsOf: found.filter { !told.contains($0.key.start) }.sorted {
        $0.key.start < $1.key.start
      }
      .map { place, reference in
        Diagnostic(
          "'\(reference.written)' is text here, which nothing fills in", at: place,
          severity: .warning, notes: [reference.note])
      })
    return settled
  }
}

extension String {
  /// Whether there may be such a reference, told quickly.
  var mayHoldForeignReference: Bool {
    guard utf8.count < 4096 else { return false }
    if hasPrefix("vars.") || hasPrefix("matrix.") || hasPrefix("env.") { return true }
    let bytes = utf8
    guard bytes.contains(UInt8(ascii: "{")) || bytes.contains(UInt8(ascii: "$")) else {
      return false
    }
    return contains("{{") || contains("$vars.") || contains("$matrix.") || hasPrefix("$(")
  }
}

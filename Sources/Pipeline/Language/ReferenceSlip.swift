internal import Diagnostics
internal import Options

/// What other languages let stand within `${ }` and this one does not: arithmetic, filters, defaults,
/// brackets.
struct ReferenceSlip {
  private let fact: String
  private let remedy: String

  /// Fails for a reference that is a name alone.
  init?(_ reference: Reference) {
    let text = reference.text
    // What another reference gave may be anything.
    guard !reference.isFilledIn,
      let sign = text.first(where: { " +*/%()|?<>=!&,:[]{}#@^~\"'`\\;".contains($0) })
    else { return nil }
    let name = String(text.prefix { $0 != sign && $0 != " " })
    if text.contains("|") {
      fact = "a reference has no filters"
      remedy = "did you mean ${\(name)}?"
    } else if sign == "[", text.last == "]" {
      fact = "brackets reach no part of a variable"
      remedy = "did you mean ${\(text.split { "[]".contains($0) }.joined(separator: "."))}?"
    } else if [":", ",", "?"].contains(sign) {
      fact = "a reference has no default value"
      remedy = "give '\(name)' a value of its own, which '--set' and profiles change"
    } else if sign == " ", text.split(separator: " ").count == 1 {
      fact = "'${\(text)}' has a space in it"
      remedy = "did you mean ${\(name)}?"
    } else {
      fact = "a reference is a name alone; '\(text)' computes something"
      remedy = "write the result as a variable of its own, and refer to that"
    }
  }

  func diagnostic(at place: SourceRange) -> Diagnostic {
    Diagnostic(fact, at: place, remedy: Note(remedy), "write '$${' where a literal '${' is meant")
  }
}

import Diagnostics

extension SyntaxProblem {
  /// Characters that look like a space, or like nothing, where YAML needs a space.
  var invisible: Diagnostic? {
    for line in lines {
      let (column, rest) = unread(line)
      guard rest.first(where: { !$0.isBlank }) != "#" else { continue }
      if let found = indentation(of: rest, line, column) ?? space(in: rest, line, column)
        ?? wideColon(in: rest, line, column)
      {
        return found
      }
    }
    return nil
  }

  private func indentation(
    of rest: ArraySlice<Unicode.Scalar>, _ line: Int, _ column: Int
  ) -> Diagnostic? {
    let leading = rest.prefix { $0.isBlank || $0.isUnseen }
    guard column == 1, leading.count < rest.count,
      let first = leading.firstIndex(where: \.isUnseen)
    else { return nil }
    let run = leading[first...].prefix { $0.isUnseen }
    return Diagnostic(
      "the \(leading[first].title) indents nothing",
      at: range(line, first + 1, length: run.count), remedy: "indent with plain spaces")
  }

  /// One behind a `:`, or behind a `-` that begins a line.
  private func space(
    in rest: ArraySlice<Unicode.Scalar>, _ line: Int, _ column: Int
  ) -> Diagnostic? {
    let begins = rest.firstIndex { !$0.isBlank }
    let found = rest.indices.dropLast().first { index in
      guard rest[index + 1].isUnseen else { return false }
      return rest[index] == ":" || (rest[index] == "-" && index == begins)
    }
    guard let found else { return nil }
    let unseen = rest[found + 1]
    let noun = unseen.title
    let article = "aeiou".contains(noun.first ?? "n") ? "an" : "a"
    return Diagnostic(
      "\(article) \(noun) stands after '\(rest[found])'", at: range(line, found + 2),
      remedy: "write a plain space there")
  }

  private func wideColon(
    in rest: ArraySlice<Unicode.Scalar>, _ line: Int, _ column: Int
  ) -> Diagnostic? {
    guard let index = rest.firstIndex(where: { $0 == "\u{FF1A}" || $0 == "\u{FE55}" }) else {
      return nil
    }
    return Diagnostic(
      "the \(rest[index].title) is not the ':' of YAML", at: range(line, index + 1),
      remedy: "write ':' and a space")
  }
}

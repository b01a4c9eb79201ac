import Diagnostics

/// A `{{ … }}` as Jinja, Ansible and others write it, which is a mapping within a mapping to YAML.
struct Placeholder {
  private let column: Int
  private let length: Int
  private let inner: String

  /// - Parameter start: The position of the first brace in its line.
  init?(in line: [Unicode.Scalar], at start: Int) {
    guard start >= 0, line.dropFirst(start).prefix(2).elementsEqual("{{".unicodeScalars) else {
      return nil
    }
    let rest = line[(start + 2)...]
    guard
      let end = rest.indices.dropLast().first(where: { rest[$0] == "}" && rest[$0 + 1] == "}" })
    else { return nil }
    column = start + 1
    length = end + 2 - start
    inner = WrittenLines.text(rest[..<end])
  }

  func diagnostic(_ file: String, _ line: Int) -> Diagnostic {
    Diagnostic(
      "'{{ \(inner) }}' fills nothing in",
      at: SourceRange(file: file, line: line, column: column, length: length),
      remedy: "references are written \(reference ?? "${vars.NAME}")")
  }

  /// The reference that was meant, without the filters behind a `|`.
  private var reference: String? {
    let name = WrittenLines.text(inner.prefix { $0 != "|" }.unicodeScalars)
    guard !name.isEmpty, name.unicodeScalars.allSatisfy(\.isNamePart) else { return nil }
    let isWhole = ["vars.", "env.", "matrix."].contains { name.hasPrefix($0) }
    return isWhole ? "${\(name)}" : "${vars.\(name)}"
  }
}

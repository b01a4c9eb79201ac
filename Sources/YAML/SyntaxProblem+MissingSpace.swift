import Diagnostics

extension SyntaxProblem {
  /// `key:value`, which is a text and no key.
  var missingSpace: Diagnostic? {
    guard Self.interrupted.contains(message), !message.contains("',' or") else { return nil }
    for line in lines {
      let (column, rest) = unread(line)
      guard let found = Self.joined(rest) else { continue }
      let key = WrittenLines.text(found.key)
      let value = WrittenLines.text(found.value)
      return Diagnostic(
        "there is no space after ':' in '\(key):\(value)'",
        at: range(line, column + found.position), remedy: "write '\(key): \(value)'")
    }
    return nil
  }

  /// The two sides of a `:` with nothing between, and its position.
  private static func joined(
    _ line: ArraySlice<Unicode.Scalar>
  ) -> (key: [Unicode.Scalar], value: [Unicode.Scalar], position: Int)? {
    var rest = line.drop { $0.isBlank }
    while rest.first == "-", rest.dropFirst().first?.isBlank == true {
      rest = rest.dropFirst().drop { $0.isBlank }
    }
    let name = rest.prefix { $0.isNamePart || $0 == "\"" || $0 == "'" }
    let behind = rest.dropFirst(name.count)
    guard !name.isEmpty, behind.first == ":", let next = behind.dropFirst().first,
      !next.isBlank, !"/\\:".unicodeScalars.contains(next)
    else { return nil }
    return (Array(name), Array(behind.dropFirst()), behind.startIndex - line.startIndex)
  }
}

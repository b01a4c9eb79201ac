import Diagnostics

/// What an explicit tag does to a node: the core tags state what holds anyway, `!!str` and `!` make
/// a scalar a string, and any other tag is refused.
enum TagRule {
  private static let core = "tag:yaml.org,2002:"

  static func apply(
    _ tag: String?, to scalar: Node.Scalar, at range: SourceRange
  ) throws(Diagnostic) -> Node.Scalar {
    guard let tag else { return scalar }
    var string = scalar
    if string.style == .plain { string.style = .doubleQuoted }
    switch (shorthand(tag), CoreSchema.resolve(scalar.text)) {
    case ("!", _), ("!!str", _): return string
    case ("!!null", .null), ("!!bool", .bool), ("!!int", .int), ("!!float", .double):
      return plain(scalar, scalar.text)
    case ("!!float", .int) where !scalar.text.contains("x") && !scalar.text.contains("o"):
      return plain(scalar, scalar.text + ".0")
    case (let name, _):
      throw refusal(of: name, on: scalar.text, at: range)
    }
  }

  /// A scalar whose text is read by the core schema; its written form keeps its place.
  private static func plain(_ scalar: Node.Scalar, _ text: String) -> Node.Scalar {
    var plain = Node.Scalar(text)
    plain.source = scalar.source
    return plain
  }

  static func check(
    _ tag: String?, isAnyOf allowed: [String], at range: SourceRange
  ) throws(Diagnostic) {
    guard let tag, !allowed.contains(shorthand(tag)) else { return }
    throw refusal(of: shorthand(tag), at: range)
  }

  private static func shorthand(_ tag: String) -> String {
    tag.hasPrefix(core) ? "!!" + tag.dropFirst(core.count) : tag
  }

  private static func refusal(
    of tag: String, on text: String = "", at range: SourceRange
  ) -> Diagnostic {
    let name = tag.drop { $0 == "!" }.lowercased()
    let remedy =
      switch name {
      case "include", "import", "inc", "file", "path", "!include":
        "write include: \(text.isEmpty ? "FILE" : text) at the top of the file"
      case "env", "env_var", "envvar", "environment", "secret", "getenv":
        "write ${env.\(text.isEmpty ? "NAME" : text)}, and name it under 'env'"
      case "ref", "reference", "var", "getatt", "sub": "write ${vars.NAME}"
      case "join", "concat": "write the parts as one text, with references in it"
      case "python/tuple", "tuple": "write a list, without the tag"
      default:
        text.isEmpty && !name.isEmpty
          ? "write '\(tag)' in quotes where it is a text, else take the tag away"
          : "take the tag away"
      }
    return Diagnostic("the tag '\(tag)' does not fit here", at: range, remedy: Note(remedy))
  }
}

internal import Options
internal import YAML

/// Which stage instances a word of the command line means: `teacher`, `t*`, `teacher@depth=20`,
/// `teacher@*` or `*@depth=2?,width=64`.
///
/// The part before the `@` is a pattern of stage names. The parts behind it, in any order, are patterns
/// of `name=value` that each have to fit one of an instance's matrix values, so that values which are
/// left out may be any. A name without `@` means all instances of the stage.
struct AddressPattern {
  private let stage: Pattern
  private let coordinates: [Pattern]

  /// Whether the word stands for nothing but itself.
  let isLiteral: Bool

  /// Fails for brackets and braces that are not closed.
  init?(_ text: String) {
    isLiteral = !text.contains { "*?[{\\".contains($0) }
    let at = text.firstIndex(of: "@")
    guard let stage = Pattern(String(text[..<(at ?? text.endIndex)])) else { return nil }
    self.stage = stage
    var coordinates: [Pattern] = []
    if let at {
      for part in Self.parts(of: text[text.index(after: at)...]) {
        guard let pattern = Pattern(part) else { return nil }
        coordinates.append(pattern)
      }
    }
    self.coordinates = coordinates
  }

  func matches(_ instance: StageInstance) -> Bool {
    guard stage.matches(instance.stage) else { return false }
    return coordinates.allSatisfy { pattern in
      instance.coordinates.all.contains { coordinate in
        pattern.matches("\(coordinate.name)=\(coordinate.label)")
          || coordinate.node.scalar.map { pattern.matches("\(coordinate.name)=\($0.text)") }
            ?? false
      }
    }
  }

  /// What stands between the commas, but for those within braces.
  private static func parts(of text: Substring) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if character == ",", depth <= 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}

import Testing

/// A wrong pipeline and what is said about it.
struct MistakeCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String

  /// For each problem its `line:column`, a part of what is wrong, and a part of the remedy.
  let expected: [(place: String, fact: String, remedy: String)]

  /// - Parameter afterData: whether the text follows a stage that loads `d.csv` in the first three lines.
  init(
    _ name: String, afterData: Bool = false, _ text: String,
    _ expected: [(String, String, String)]
  ) {
    self.name = name
    self.text = (afterData ? Self.data : "") + text + "\n"
    self.expected = expected
  }

  var testDescription: String { name }

  private static let data = """
    pipeline: p
    stages:
      data: {load: {csv: d.csv, target: species}}

    """
}

package import Diagnostics
package import Options
internal import Processes
package import YAML

/// What a command stage runs: a line for the shell, or a program with its arguments as they are.
package enum CommandWords: OptionValue, Hashable {
  case shell(String)
  case program([String])

  package static var schema: Schema {
    .either([
      .text(.any), .list(.either([.text(.any), .number(.unlimited), .boolean]), count: .unlimited),
    ])
  }

  /// An ECMAScript regular expression for names of programs that are no lines with arguments.
  static let programPattern = "^(?![^\\s/$]+\\s)"

  package var value: Value {
    switch self {
    case .shell(let line): .string(line)
    case .program(let words): words.value
    }
  }

  /// Numbers count as the text that they are written with, so that `[train.py, --epochs, 3]` is right.
  package static func decode(_ node: Node, into problems: inout Diagnostics) -> CommandWords? {
    guard let elements = node.spliced else {
      let line = String.decode(node, into: &problems)
      if let line, let placeholder = placeholder(in: line) {
        problems.add(
          Diagnostic(
            "'\(placeholder.text)' is text here, which nothing fills in",
            at: node.range(ofPartAt: placeholder.offset, length: placeholder.text.count),
            severity: .warning,
            remedy: "write the path itself; what several stages share can be ${vars.NAME}"))
      }
      return line.map { .shell($0) }
    }
    let words = elements.compactMap { element -> String? in
      if let scalar = element.scalar, !element.isNull { return scalar.text }
      problems.add(
        Diagnostic(
          "a word of a command is a text", at: element.range,
          remedy: "write run: [python3, scripts/table.py, --fast]"))
      return nil
    }
    guard words.count == elements.count else { return nil }
    let program = words.first ?? ""
    guard !program.isEmpty, !program.hasPrefix("-"), !program.contains("=") else {
      problems.add(
        Diagnostic(
          elements.isEmpty ? "the command is empty" : "'\(program)' is no program",
          at: elements.first?.range ?? node.range,
          remedy: "write run: [python3, scripts/table.py, --fast]"))
      return nil
    }
    return .program(words)
  }

  /// The first `{input}` or the like, as Snakemake has them, and its place in Unicode scalars.
  private static func placeholder(in line: String) -> (text: String, offset: Int)? {
    var rest = line[...]
    while let open = rest.firstIndex(of: "{") {
      let inner = rest[rest.index(after: open)...].prefix { $0 != "}" && $0 != "{" }
      let name = inner.prefix { $0.isLetter }
      let behind = inner.dropFirst(name.count)
      if placeholders.contains(String(name)), inner.endIndex < line.endIndex,
        line[inner.endIndex] == "}", behind.isEmpty || behind.first == "." || behind.first == "[",
        !line[..<open].hasSuffix("$")
      {
        return ("{\(inner)}", line[..<open].unicodeScalars.count)
      }
      rest = rest[rest.index(after: open)...]
    }
    return nil
  }

  private static let placeholders: Set = [
    "input", "output", "params", "wildcards", "threads", "resources", "log",
  ]

  /// The line as one would type it.
  var line: String {
    switch self {
    case .shell(let line): line
    case .program(let words): words.map(\.shellQuoted).joined(separator: " ")
    }
  }
}

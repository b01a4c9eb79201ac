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

  package var value: Value {
    switch self {
    case .shell(let line): .string(line)
    case .program(let words): words.value
    }
  }

  /// Numbers count as the text that they are written with, so that `[train.py, --epochs, 3]` is right.
  package static func decode(_ node: Node, into problems: inout Diagnostics) -> CommandWords? {
    guard let elements = node.spliced else {
      return String.decode(node, into: &problems).map { .shell($0) }
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

  /// The line as one would type it.
  var line: String {
    switch self {
    case .shell(let line): line
    case .program(let words): words.map(\.shellQuoted).joined(separator: " ")
    }
  }
}

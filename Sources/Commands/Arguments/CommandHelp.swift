/// The help that a command's declaration gives.
struct CommandHelp {
  private struct Line {
    let spelling: String
    let summary: String
  }

  private let usage: String
  private let summary: String
  private let discussion: String
  private let arguments: [Line]
  private let options: [Line]

  init<Root: Command>(_ command: Root.Type) {
    var usage = "anneal \(Root.name)"
    var arguments: [Line] = []
    for parameter in Root.parameters {
      guard case .argument(let repeats, let isRequired) = parameter.form else { continue }
      let word = repeats ? parameter.name + "…" : parameter.name
      usage += isRequired ? " \(word)" : " [\(word)]"
      arguments.append(Line(spelling: word, summary: parameter.summary))
    }
    self.usage = usage + " [options]"
    self.arguments = arguments
    options = Self.options(Root.parameters)
    summary = Root.summary
    discussion = Root.discussion
  }

  func text(width: Int) -> String {
    var text = "\(summary)\n\nUsage: \(usage)\n"
    if !discussion.isEmpty { text += "\n" + TextWrapping.wrap(discussion, width: width) + "\n" }
    return text + Self.section("Arguments", arguments, width)
      + Self.section("Options", options, width) + Self.everywhere(width: width)
  }

  /// The options that every command takes.
  static func everywhere(width: Int) -> String {
    let help = Line(spelling: "-h, --help", summary: "Show this help.")
    return section("Options of every command", options(GlobalOptions.parameters) + [help], width)
  }

  private static func options<Root>(_ parameters: [Parameter<Root>]) -> [Line] {
    parameters.compactMap { parameter in
      switch parameter.form {
      case .argument: return nil
      case .flag: return Line(spelling: spelling(parameter), summary: parameter.summary)
      case .option(let placeholder, let repeats):
        let suffix = repeats ? " (may be repeated)" : ""
        return Line(
          spelling: spelling(parameter) + " " + placeholder, summary: parameter.summary + suffix)
      }
    }
  }

  private static func section(_ title: String, _ lines: [Line], _ width: Int) -> String {
    guard !lines.isEmpty else { return "" }
    let column = (lines.map(\.spelling.count).max() ?? 0) + 4
    return "\n\(title):\n"
      + lines.map { line in
        let start = "  " + line.spelling
        let padding = String(repeating: " ", count: max(2, column - start.count))
        return start + padding
          + TextWrapping.wrap(line.summary, width: width, hanging: column) + "\n"
      }.joined()
  }

  private static func spelling<Root>(_ parameter: Parameter<Root>) -> String {
    parameter.short.map { "-\($0), --\(parameter.name)" } ?? "    --\(parameter.name)"
  }
}

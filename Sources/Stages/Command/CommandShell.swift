internal import Diagnostics
internal import Options
internal import YAML

/// The shell that a command's line is written for.
package enum CommandShell: String, NamedOption, Hashable {
  case sh, bash

  package var summary: String {
    switch self {
    case .sh: "What every system has, as POSIX describes it."
    case .bash: "GNU bash, found along `PATH`."
    }
  }
}

extension CommandWords {
  /// What is wrong with a line for a shell, or with naming one.
  func problems(for shell: CommandShell, _ node: Node) -> [Diagnostic] {
    guard case .shell(let line) = self else {
      return node["shell"] == nil
        ? []
        : [
          Diagnostic(
            "a list is run without a shell", at: node["shell"]?.range,
            remedy: "leave 'shell' out, or write 'run' as one text")
        ]
    }
    if line.allSatisfy(\.isWhitespace) {
      return [
        Diagnostic("the line is empty", at: node["run"]?.range, remedy: "write a shell command")
      ]
    }
    guard shell == .sh, let found = ShellText(line).bashWord else { return [] }
    return [
      Diagnostic(
        "'\(found.text)' is bash's, and the line is given to 'sh'",
        at: node["run"]?.range(ofPartAt: found.offset, length: found.text.unicodeScalars.count),
        remedy: "write 'shell: bash' beside 'run'" + (found.instead.map { ", or \($0)" } ?? ""))
    ]
  }
}

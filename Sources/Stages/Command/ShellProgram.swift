internal import Artifacts
internal import Diagnostics
internal import Processes

/// What is started for a command.
struct ShellProgram {
  let executable: String
  let arguments: [String]

  /// That nobody will notice some failures.
  var warning: Diagnostic?

  /// - Parameter environment: all that the command sees.
  /// - Throws: where the shell is not to be found.
  init(
    for words: CommandWords, _ shell: CommandShell, _ environment: [String: String]
  ) throws(Diagnostic) {
    switch words {
    case .program(let words):
      // `env` finds a program along `PATH` as a shell would.
      executable = "/usr/bin/env"
      arguments = words
    case .shell(let line) where shell == .bash:
      guard let bash = Self.bash(environment) else {
        throw Diagnostic(
          "there is no 'bash' in PATH", remedy: "install it, or write the line for 'shell: sh'")
      }
      executable = bash
      arguments = ["-O", "inherit_errexit", "-e", "-o", "pipefail", "-c", line]
    case .shell(let line):
      if !ShellText(line).hasPipe {
        (executable, arguments) = ("/bin/sh", ["-e", "-c", line])
      } else if Self.knowsPipefail {
        (executable, arguments) = ("/bin/sh", ["-e", "-o", "pipefail", "-c", line])
      } else if let bash = Self.bash(environment) {
        executable = bash
        // As other shells do: braces stand for themselves, 'echo' knows '\n'.
        arguments = [
          "+B", "-O", "xpg_echo", "-O", "inherit_errexit", "-e", "-o", "pipefail", "-c", line,
        ]
      } else {
        (executable, arguments) = ("/bin/sh", ["-e", "-c", line])
        warning = Diagnostic(
          "'/bin/sh' does not notice where a command before a '|' fails", severity: .warning,
          remedy: "install bash, which does")
      }
    }
  }

  private static func bash(_ environment: [String: String]) -> String? {
    (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/bash" }
      .first { path in
        guard let status = try? FileStatus(of: path, following: true) else { return false }
        return status.kind == .file && status.isExecutable
      }
  }

  private static let knowsPipefail: Bool = {
    let words = ["-o", "pipefail", "-c", ":"]
    let probe = try? FinishedProgram(running: "/bin/sh", words, environment: [:])
    return probe?.ending == .exited(0)
  }()
}

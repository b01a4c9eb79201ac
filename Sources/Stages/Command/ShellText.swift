/// What a line for a shell is made of, as far as that decides how it is run; told without running it.
struct ShellText {
  /// Something that only bash knows.
  struct BashWord: Equatable {
    let text: String

    /// Where it stands, in Unicode scalars of the line.
    let offset: Int

    /// What other shells have for it.
    var instead: String? { ShellText.instead[text] }
  }

  /// Whether one command follows another, so that the first may fail and the line go on.
  let hasSeveralCommands: Bool

  /// Whether the output of a command goes to another one.
  let hasPipe: Bool

  /// The first thing that only bash knows.
  let bashWord: BashWord?

  init(_ line: String) {
    var scanner = ShellScanner(line)
    scanner.readCommands(until: nil)
    hasSeveralCommands = scanner.hasSeveralCommands
    hasPipe = scanner.hasPipe
    bashWord = scanner.bashWord
  }

  private static let instead = [
    "source": "'. ./FILE'", "[[": "'[ … ]'", "((": "'$((…))'", "pipefail": "leave it out: it is on",
    "==": "'='", "echo -e": "'printf'", "&>": "'> FILE 2>&1'", "|&": "'2>&1 |'",
    "<<<": "'printf … |'", "function": "'NAME() { … }'", "declare": "a plain assignment",
  ]
}

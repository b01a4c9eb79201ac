internal import Diagnostics
internal import FoundationEssentials
internal import Glibc
internal import YAML

/// Where commands write: results to standard output, everything for people to standard error.
struct Console: Sendable {
  /// Whether standard error is a terminal, on which lines can be redrawn.
  let isTerminal: Bool
  let usesColor: Bool

  /// The columns that text may take.
  let width: Int

  /// Whether a program reads the results, and so also what keeps a command from having any.
  var servesProgram = false

  /// Emphasis for what is said to people.
  var style: Style { Style(isEnabled: usesColor) }

  /// The console of this process. `NO_COLOR` and `TERM=dumb` turn colours off.
  static func current() -> Console {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDERR_FILENO) == 1
    let refusesColor = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return Console(
      isTerminal: isTerminal, usesColor: isTerminal && !refusesColor, width: terminalWidth())
  }

  private static func terminalWidth() -> Int {
    var size = winsize()
    let known = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? min(Int(size.ws_col), 120) : 80
  }

  /// Writes a line of results.
  func write(_ text: String) {
    Self.put(Style(isEnabled: false).printable(text) + "\n", to: STDOUT_FILENO)
  }

  /// Writes a value for programs.
  func write(_ value: Value) {
    Self.put(value.prettyJSON + "\n", to: STDOUT_FILENO)
  }

  /// Writes a line for people.
  func say(_ text: String) {
    Self.put(style.printable(text) + "\n", to: STDERR_FILENO)
  }

  /// Writes a terminal's control sequence for people's eyes, without a line break.
  func control(_ sequence: String) {
    Self.put(sequence, to: STDERR_FILENO)
  }

  /// Writes problems with the source lines that they are about.
  func say(_ problems: Diagnostics, sources: [String: String] = [:]) {
    guard !problems.isEmpty else { return }
    say(DiagnosticRenderer(sources: sources, color: usesColor).render(problems))
  }

  /// Writes problems that end a command without a result, for a program to standard output as well.
  func refuse(_ problems: Diagnostics, sources: [String: String] = [:]) {
    say(problems, sources: sources)
    if servesProgram { write(["problems": .array(problems.all.map(\.value))]) }
  }

  /// Writes problems that have no place in a file.
  func say(_ problems: [Diagnostic]) {
    say(Diagnostics(problems))
  }

  /// Writes everything, also through a pipe that takes a part at a time; a closed pipe ends it.
  private static func put(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

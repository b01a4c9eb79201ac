internal import Diagnostics
internal import FoundationEssentials
internal import YAML

/// Where commands write: results to standard output, everything for people to standard error.
struct Console: Sendable {
  /// How much is said to people.
  enum Verbosity {
    /// Only problems.
    case quiet
    case usual
    /// The logs of stages as well.
    case verbose
  }

  /// Whether lines on standard error can be redrawn where they are.
  let redraws: Bool
  let usesColor: Bool

  /// Whether a program reads the results, and so also what keeps a command from having any.
  var servesProgram = false
  var verbosity = Verbosity.usual
  private let streams: ConsoleStreams

  init(redraws: Bool, usesColor: Bool, streams: ConsoleStreams) {
    self.redraws = redraws
    self.usesColor = usesColor
    self.streams = streams
  }

  /// The console of this process. `NO_COLOR` and `TERM=dumb` ask for plain lines: a terminal gets no
  /// control sequence then.
  static func current() -> Console {
    let environment = ProcessInfo.processInfo.environment
    let streams = ConsoleStreams.ofProcess
    let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    let obeys = streams.size(.errors) != nil && !isPlain
    return Console(redraws: obeys, usesColor: obeys, streams: streams)
  }

  /// The columns that running text may take.
  var width: Int { min(size.columns, 120) }

  /// The size of the terminal that people look at, at this moment.
  var size: ConsoleStreams.Size { streams.size(.errors) ?? ConsoleStreams.Size() }

  /// The columns that a table of results may take; `nil` where no terminal shows it.
  var tableWidth: Int? { streams.size(.output)?.columns }

  /// Emphasis for what is said to people.
  var style: Style { Style(isEnabled: usesColor) }

  /// Writes a line of results.
  func write(_ text: String) {
    streams.put(Style(isEnabled: false).printable(text) + "\n", .output)
  }

  /// Writes a table of results, its columns fitted to the terminal where one shows it.
  func write(_ table: TextTable) {
    write(table.text(within: tableWidth))
  }

  /// Writes a value for programs.
  func write(_ value: Value) {
    streams.put(value.prettyJSON + "\n", .output)
  }

  /// Writes a line for people, unless only problems are to be told.
  func say(_ text: String) {
    guard verbosity != .quiet else { return }
    insist(text)
  }

  /// Writes a line for people that is told in any case.
  func insist(_ text: String) {
    streams.put(style.printable(text) + "\n", .errors)
  }

  /// Writes lines for people on a terminal, between control sequences that move and clear.
  func draw(_ text: String, between before: String, and after: String) {
    streams.put(before + style.printable(text) + after, .errors)
  }

  /// Writes problems with the source lines that they are about.
  func say(_ problems: Diagnostics, sources: [String: String] = [:]) {
    guard !problems.isEmpty else { return }
    insist(DiagnosticRenderer(sources: sources, color: usesColor).render(problems))
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
}

internal import Diagnostics

/// What the command line asks for.
struct BenchmarkOptions: Hashable, Sendable {
  /// The parts of the report to measure; all where it is empty.
  var parts: [Part] = []
  /// The questions to answer; all where it is empty.
  var only: [String] = []
  /// Whether Anneal is measured alone.
  var isQuick = false
  var repetitions = 5
  /// Seconds after which a run is stopped.
  var limit = 60
  /// The folder to measure in, instead of a new one in the system's temporary folder.
  var place: String?
  /// Where the report is written.
  var output: String?
  var wantsHelp = false

  static let help = """
    Measures Anneal: its runner beside DVC, Snakemake and Luigi, what it does with data beside polars,
    pandas, torchvision, OpenCV and PyTorch, and how fast it trains networks beside PyTorch.

    Usage: swift run -c release benchmarks [runner] [data] [learning] [options]

    Options:
          --only QUESTION     answer this question; may be repeated
          --quick             the runner alone, without its peers and without 'growth', three turns
          --repetitions N     the turns of each tool (5)
          --limit SECONDS     when a run is stopped and counts as longer (60)
          --in FOLDER         measure in a new folder below this one
          --output FILE       write the report here
      -h, --help              show this help

    Questions:
    \([any Question].all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

    A part that is measured whole takes its place in docs/benchmarks.md, whose other parts stay; single
    questions are answered to standard output.
    """

  init(_ words: [String]) throws(Diagnostic) {
    var words = words[...]
    var repetitions: Int?
    while let word = words.popFirst() {
      switch word {
      case "--help", "-h": wantsHelp = true
      case "--quick": isQuick = true
      case "--only": only.append(try Self.question(Self.value(of: word, &words)))
      case "--repetitions": repetitions = try Self.number(word, &words)
      case "--limit": limit = try Self.number(word, &words)
      case "--in": place = try Self.value(of: word, &words)
      case "--output": output = try Self.value(of: word, &words)
      default:
        guard let part = Part(rawValue: word) else { throw Self.unknown(word) }
        parts.append(part)
      }
    }
    self.repetitions = repetitions ?? (isQuick ? 3 : 5)
  }

  /// Whether parts of the report hold all that they can.
  var isWhole: Bool { only.isEmpty && !isQuick }

  /// The questions to answer, in the order of the report.
  var questions: [any Question] {
    [any Question].all.filter { question in
      guard only.isEmpty else { return only.contains(question.name) }
      if isQuick { return question.part == .runner && !(question is GrowthWithSize) }
      return parts.isEmpty || parts.contains(question.part)
    }
  }

  private static let names = [
    "--only", "--quick", "--repetitions", "--limit", "--in", "--output", "--help",
  ]

  private static func value(
    of option: String, _ words: inout ArraySlice<String>
  ) throws(Diagnostic) -> String {
    guard let value = words.popFirst() else {
      throw Diagnostic("'\(option)' has no value", remedy: "benchmarks --help explains it")
    }
    return value
  }

  private static func number(
    _ option: String, _ words: inout ArraySlice<String>
  ) throws(Diagnostic) -> Int {
    let text = try value(of: option, &words)
    guard let number = Int(text), (1...100_000).contains(number) else {
      throw Diagnostic(
        "'\(text)' is no value for '\(option)'", remedy: "give a number from 1 to 100000")
    }
    return number
  }

  private static func question(_ name: String) throws(Diagnostic) -> String {
    let names = [any Question].all.map(\.name)
    guard !names.contains(name) else { return name }
    let near = nearestName(to: name, in: names)
    throw Diagnostic(
      "there is no question '\(name)'",
      remedy: near.map { "did you mean '\($0)'?" } ?? "there are \(names.joined(separator: ", "))")
  }

  private static func unknown(_ word: String) -> Diagnostic {
    let near = nearestName(to: word, in: names)
    return Diagnostic(
      "benchmarks has no '\(word)'",
      remedy: near.map { "did you mean '\($0)'?" } ?? "benchmarks --help lists what it has")
  }
}

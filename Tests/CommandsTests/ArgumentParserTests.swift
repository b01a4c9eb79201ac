import Testing

@testable import Commands

private struct Sample: Command, Equatable {
  var file = ""
  var stages: [String] = []
  var overrides: [String] = []
  var store: String?
  var format: String? = "text"
  var jobs: Int?
  var json = false

  static let name = "sample"
  static let summary = "Shows what a declaration gives."
  static let discussion = "A paragraph that is long enough to be broken between words somewhere."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    arguments("STAGE", \.stages, "Stages to run.")
    option("set", \.overrides, "PATH=VALUE", "Change a value.")
    option("store", \.store, "DIR", "Where artifacts are kept.")
    option("format", short: "f", \.format, "FORMAT", choices: ["text", "dot"], "The form.")
    option("jobs", short: "j", \.jobs, "N", "Stages at once.")
    flag("json", short: "n", \.json, "Print JSON.")
  }

  func run(_ console: Console) throws -> ExitCode { .done }
}

@Suite struct `Command lines` {
  @Test(arguments: [
    ("p.yaml", Sample(file: "p.yaml")),
    ("p.yaml a b", Sample(file: "p.yaml", stages: ["a", "b"])),
    ("--json p.yaml", Sample(file: "p.yaml", json: true)),
    ("p.yaml --set a=1 --set=b=2", Sample(file: "p.yaml", overrides: ["a=1", "b=2"])),
    ("p.yaml --store= -fdot -j 3", Sample(file: "p.yaml", store: "", format: "dot", jobs: 3)),
    ("--set --json p.yaml", Sample(file: "p.yaml", overrides: ["--json"])),
    ("-- --json", Sample(file: "--json")),
    ("- a", Sample(file: "-", stages: ["a"])),
    ("-nj3 p.yaml", Sample(file: "p.yaml", jobs: 3, json: true)),
  ])
  private func `are read as written`(words: String, expected: Sample) throws {
    guard case .command(let sample, _) = try parse(words) else {
      Issue.record("help was shown")
      return
    }
    #expect(sample == expected)
  }

  @Test(arguments: [
    ("", "PIPELINE is missing", "see 'anneal sample --help'"),
    ("p --jsno", "'anneal sample' has no '--jsno'", "did you mean '--json'?"),
    ("p -x", "'anneal sample' has no '-x'", "see 'anneal sample --help'"),
    ("p -nx", "'anneal sample' has no '-x'", "see 'anneal sample --help'"),
    ("p --cores 2", "'anneal sample' has no '--cores'", "did you mean '--jobs'?"),
    ("p --workdir x", "'anneal sample' has no '--workdir'", "did you mean '--directory'?"),
    ("p -S a=1", "'anneal sample' has no '-S'", "did you mean '--set'?"),
    ("p --set", "'--set' has no value", "write --set PATH=VALUE"),
    ("p --json=yes", "'--json' takes no value", "write it alone"),
    ("p --format dto", "'dto' is no value for '--format'", "did you mean 'dot'?"),
    ("p -j 0", "'0' is no value for '--jobs'", "give a number from 1 up"),
    ("p -j many", "'many' is no value for '--jobs'", "give a number from 1 up"),
  ])
  func `with a mistake say what it is`(words: String, message: String, remedy: String) {
    #expect(throws: UsageError(message, remedy: remedy)) { _ = try parse(words) }
  }

  @Test(arguments: ["--help", "p -h", "--json --help --nonsense", "--jsno p -h", "p --set --help"])
  func `can ask for help`(words: String) throws {
    guard case .help = try parse(words) else {
      Issue.record("no help was shown")
      return
    }
  }

  @Test(arguments: [
    ("p -C below --json", GlobalOptions(directory: "below")),
    ("-q p", GlobalOptions(isQuiet: true)),
    ("p --directory=below -v", GlobalOptions(directory: "below", isVerbose: true)),
  ])
  func `take what every command takes`(words: String, expected: GlobalOptions) throws {
    guard case .command(let sample, let global) = try parse(words) else {
      Issue.record("help was shown")
      return
    }
    #expect(global == expected)
    #expect(sample.file == "p")
  }

  @Test(arguments: [
    ("-C below run p", "run", "-C below p"), ("run -C below", "run", "-C below"),
    ("-qC below --json run", "run", "-qC below --json"), ("-Cq run", "run", "-Cq"),
    ("--help run", "run", "--help"), ("-v", nil, "-v"),
    ("--directory=x -v list -q", "list", "--directory=x -v -q"),
  ])
  func `may begin with such options`(words: String, name: String?, rest: String) {
    let line = CommandWords(words.split(separator: " ").map(String.init))
    #expect(line.name == name)
    #expect(line.rest.joined(separator: " ") == rest)
  }

  @Test func `help comes from the declaration`() {
    #expect(
      CommandHelp(Sample.self).text(width: 60) == """
        Shows what a declaration gives.

        Usage: anneal sample PIPELINE [STAGE…] [options]

        A paragraph that is long enough to be broken between words
        somewhere.

        Arguments:
          PIPELINE  The pipeline file.
          STAGE…    Stages to run.

        Options:
              --set PATH=VALUE  Change a value. (may be repeated)
              --store DIR       Where artifacts are kept.
          -f, --format FORMAT   The form.
          -j, --jobs N          Stages at once.
          -n, --json            Print JSON.

        Options of every command:
          -C, --directory DIR  Work in this folder.
          -q, --quiet          Say nothing but problems and results.
          -v, --verbose        Say more; 'run' shows the log of
                               every stage.
          -h, --help           Show this help.

        """)
  }

  @Test(arguments: CommandLine.commands.filter { !$0.isHidden }.map { $0.name })
  func `every command has help and completions`(name: String) throws {
    for shell in CompletionScript.Shell.allCases {
      #expect(CompletionScript.text(for: shell).contains("anneal"))
    }
    #expect(ProgramHelp(CommandLine.commands).text(width: 80).contains(name))
  }

  private func parse(_ words: String) throws -> ArgumentParser<Sample>.Result {
    try ArgumentParser<Sample>.parse(words.split(separator: " ").map(String.init))
  }
}

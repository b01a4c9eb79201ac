import Pipeline
import Stages
import Testing

@testable import Commands

@Suite struct `Words of other programs` {
  private static let names = CommandLine.commands.filter { !$0.isHidden }.map { $0.name }

  @Test(arguments: [
    ("dag", "did you mean 'anneal graph'?"), ("repro", "did you mean 'anneal run'?"),
    ("metrics", "did you mean 'anneal show'?"), ("diff", "did you mean 'anneal compare'?"),
    ("Purge", "did you mean 'anneal gc'?"), ("ls", "did you mean 'anneal list'?"),
    ("dryrun", "did you mean 'anneal run --dry-run'?"),
    // Misspelt, of this program and of another.
    ("statsu", "did you mean 'anneal status'?"), ("repor", "did you mean 'anneal report'?"),
    ("experimnets", "did you mean 'anneal runs'?"),
    ("train", "'train' is a kind of stage: 'anneal run' runs it, 'anneal help train' explains it"),
    (
      "clean",
      "'clean' is a kind of stage: 'anneal run' runs it, 'anneal help clean' explains it"
        + "; or did you mean 'anneal gc'?"
    ),
    ("p.yaml", "did you mean 'anneal run p.yaml'?"), ("qqqqqq", "'anneal help' lists them"),
  ])
  func `lead to the command that is meant`(word: String, remedy: String) {
    #expect(
      Habits.remedy(for: word, names: Self.names, kinds: Catalog.standard.kinds) == remedy)
  }

  @Test func `mean commands and options that there are, and are none themselves`() {
    for (word, meant) in Habits.commands {
      #expect(!Self.names.contains(word), "\(word)")
      #expect(Self.names.contains(String(meant.prefix { $0 != " " })), "\(word)")
    }
    let options = Set(CommandLine.commands.flatMap { Self.options(of: $0) } + ["--directory"])
      .union(GlobalOptions.parameters.map { "--" + $0.name })
    for (word, meant) in Habits.options {
      #expect(meant.allSatisfy { options.contains($0) }, "\(word)")
    }
  }

  private static func options<Root: Command>(of command: Root.Type) -> [String] {
    Root.parameters.map { "--" + $0.name }
  }
}

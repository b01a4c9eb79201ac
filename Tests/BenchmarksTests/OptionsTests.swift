import Diagnostics
import Testing

@testable import Benchmarking

struct `The command line of benchmarks` {
  @Test(arguments: [
    ("--limt 3", "benchmarks has no '--limt'", "did you mean '--limit'?"),
    ("more", "benchmarks has no 'more'", "benchmarks --help lists what it has"),
    ("--only strat-up", "there is no question 'strat-up'", "did you mean 'start-up'?"),
    (
      "--only x", "there is no question 'x'",
      "there are start-up, no-op, cold, plan, folder, growth, csv, parquet, photos, large-photos, "
        + "augment-32, augment-224, non-local-means, mlp, memory, "
        + "resnet20, cnn, first-step, epoch, outside"
    ),
    ("--only", "'--only' has no value", "benchmarks --help explains it"),
    ("--repetitions 0", "'0' is no value for '--repetitions'", "give a number from 1 to 100000"),
    ("--limit soon", "'soon' is no value for '--limit'", "give a number from 1 to 100000"),
  ])
  func `tells mistakes with their remedy`(line: String, message: String, remedy: String) throws {
    let problem = #expect(throws: Diagnostic.self) {
      try BenchmarkOptions(line.split(separator: " ").map(String.init))
    }
    #expect(problem?.message == message)
    #expect(problem?.notes.map(\.message) == [remedy])
  }

  @Test(arguments: [
    ("runner", ["start-up", "no-op", "cold", "plan", "folder", "growth"], 5, true),
    (
      "data",
      [
        "csv", "parquet", "photos", "large-photos", "augment-32", "augment-224", "non-local-means",
        "mlp", "memory",
      ], 5, true
    ),
    ("--quick", ["start-up", "no-op", "cold", "plan", "folder"], 3, false),
    ("--quick --repetitions 7", ["start-up", "no-op", "cold", "plan", "folder"], 7, false),
    ("--only plan --only no-op", ["no-op", "plan"], 5, false),
    ("--quick --only growth", ["growth"], 3, false),
  ])
  func `chooses questions and turns`(
    line: String, questions: [String], repetitions: Int, isWhole: Bool
  ) throws {
    let options = try BenchmarkOptions(line.split(separator: " ").map(String.init))
    #expect(options.questions.map(\.name) == questions)
    #expect(options.repetitions == repetitions)
    #expect(options.isWhole == isWhole)
  }

  @Test func `names what is missing where the peers are`() {
    let problem = #expect(throws: Diagnostic.self) { try PeerPython(repository: "/nowhere") }
    #expect(
      problem?.description == """
        error: the peers are not installed: there is no '/nowhere/.deps/peers/bin/python'
        note: install them: scripts/setup --peers
        note: or measure Anneal alone: swift run -c release benchmarks --quick
        """)
  }
}

import Diagnostics
import Hardware
import Pipeline
import Planning
import TestSupport
import Testing

@testable import Commands

@Suite struct `Progress` {
  private func training(_ completed: Double) -> StageProgress {
    StageProgress(
      unit: "epochs", completed: completed, total: 30,
      detail: "loss 0.312, validation 97.2%, 812 rows/s")
  }

  private var board: ProgressBoard {
    var board = ProgressBoard()
    board.start("teacher@depth=20,width=16", at: 100)
    board.start("shell", at: 101)
    board.update("teacher@depth=20,width=16", training(0), at: 102)
    board.update("teacher@depth=20,width=16", training(10), at: 112)
    board.note("shell", "a line that it wrote to its log, which is rather long")
    return board
  }

  @Test(arguments: [
    (
      200,
      [
        "teacher@depth=20,width=16  ████░░░░░░░░  10/30 epochs  loss 0.312  validation 97.2%  812 rows/s  20s left",
        "shell                      ░░░░░░░░░░░░  11s  a line that it wrote to its log, which is rather long",
      ]
    ),
    (
      96,
      [
        "teacher@depth=20,width=16  ██░░░░  10/30  loss 0.312  validation 97.2%  812 rows/s  20s left",
        "shell                      ░░░░░░  11s  a line that it wrote to its log, which is rather long",
      ]
    ),
    (
      80,
      [
        "teacher…width=16  ██░░░░  10/30 epochs  loss 0.312  validation 97.2%  20s left",
        "shell             ░░░░░░  11s  a line that it wrote to its log, which is rather…",
      ]
    ),
    (40, ["tea…h=16  ██░░░░  10/30  20s left", "shell     ░░░░░░  11s  a line that it w…"]),
    (20, ["tea…h=16  20s left", "shell     11s"]), (8, ["tea…h=1…", "shell  …"]),
  ])
  func `has a line for each running stage that fits the terminal`(width: Int, lines: [String]) {
    #expect(board.lines(at: 112, width: width) == lines)
  }

  @Test(arguments: 1...210) func `never has a wider line`(width: Int) {
    let widths = board.lines(at: 112, width: width).map(\.terminalWidth)
    #expect(widths.allSatisfy { $0 <= width })
  }

  @Test func `tells of a stage in one sentence, and not of one that has ended`() {
    var board = board
    #expect(
      board.summary(of: "teacher@depth=20,width=16", at: 112)
        == "10/30 epochs, loss 0.312, validation 97.2%, 812 rows/s, 20s left")
    #expect(board.summary(of: "shell", at: 112) == "11s")
    board.finish("shell", at: 112)
    #expect(board.lines(at: 112, width: 60).count == 1)
  }

  @Test func `has no more lines than the terminal`() {
    var board = ProgressBoard()
    for number in 0..<9 { board.start("s\(number)", at: 0) }
    #expect(board.lines(at: 0, width: 80, height: 5).count == 4)
    #expect(board.lines(at: 0, width: 80, height: 5).last == "and 6 more")
  }

  @Test func `does not count what was done before into the rate`() {
    var board = ProgressBoard()
    board.start("teacher", at: 0)
    board.update(
      "teacher", StageProgress(unit: "epochs", completed: 20, total: 30), at: 1)
    #expect(board.summary(of: "teacher", at: 1) == "20/30 epochs, 1.0s")
    board.update("teacher", StageProgress(unit: "epochs", completed: 21, total: 30), at: 3)
    #expect(board.summary(of: "teacher", at: 3) == "21/30 epochs, 18s left")
  }

  @Test func `tells how far the run has come, and when it ends as far as earlier runs tell`() throws
  {
    let graph = try PipelineDocument(
      parsing: Array(
        """
        pipeline: p
        stages:
          a: {load: {csv: a.csv, target: y}}
          b: {from: a, train: {epochs: 3}}
          c: {from: b, quantize: {}}
        """.utf8), path: "p.yaml", catalog: fakeCatalog
    ).graph
    func board(_ seconds: [String: Double]) throws -> ProgressBoard {
      let planner = Planner(
        machine: Machine(cores: 2, memory: 8 << 30), history: KnownTimes(seconds: seconds))
      var board = ProgressBoard()
      board.begin(WholeProgress(graph, try planner.plan(graph), at: 0))
      board.start("a", at: 0)
      return board
    }
    var known = try board(["a": 10, "b": 60, "c": 5])
    #expect(
      known.lines(at: 4, width: 80).last == "0/3 stages  ░░░░░░░░░░░░  4.0s, about 1m11s left")
    known.finish("a", at: 12)
    known.start("b", at: 12)
    known.update("b", training(0), at: 12)
    known.update("b", training(15), at: 22)
    #expect(
      known.lines(at: 22, width: 80).last == "1/3 stages  ████░░░░░░░░  22s, about 15s left")
    #expect(known.lines(at: 22, width: 40).last == "1/3 stages  22s, about 15s left")
    #expect(
      try board(["a": 10]).lines(at: 4, width: 80).last
        == "0/3 stages  ░░░░░░░░░░░░  4.0s, at least 6.0s left")
    #expect(try board([:]).lines(at: 4, width: 80).last == "0/3 stages  ░░░░░░░░░░░░  4.0s")
  }

  @Test func `tells the time left of many instances by what is there for them`() throws {
    let graph = try PipelineDocument(
      parsing: Array(
        """
        pipeline: p
        stages:
          a: {load: {csv: a.csv, target: y}}
          b:
            from: a
            matrix: {x: [1, 2, 3, 4, 5, 6, 7, 8]}
            threads: 2
            train: {epochs: "${matrix.x}"}
        """.utf8), path: "p.yaml", catalog: fakeCatalog
    ).graph
    func left(_ seconds: [String: Double], jobs: Int?, cores: Int = 64) throws -> String? {
      let planner = Planner(
        machine: Machine(cores: cores, memory: 64 << 30), history: KnownTimes(seconds: seconds))
      let plan = try planner.plan(graph).limited(toJobs: jobs)
      var board = ProgressBoard()
      board.begin(WholeProgress(graph, plan, at: 0))
      board.start("a", at: 0)
      board.finish("a", at: 1)
      board.start("b@x=1", at: 1)
      board.start("b@x=2", at: 1)
      board.finish("b@x=1", at: 31)
      board.start("b@x=3", at: 31)
      return board.lines(at: 31, width: 200).last?.split(separator: "  ").last.map(String.init)
    }
    // One took 30 seconds; of another nothing is left, and six are still to do.
    #expect(try left([:], jobs: 2) == "31s, about 1m30s left")
    #expect(try left([:], jobs: 1) == "31s, about 3m00s left")
    // Where nothing is short they all run at once.
    #expect(try left([:], jobs: 64).map { $0.hasSuffix("about 30s left") } == true)
    // What earlier runs tell goes first, and one that takes longer than all others counts for itself.
    let known = Dictionary(uniqueKeysWithValues: (1...8).map { ("b@x=\($0)", 10.0) })
    #expect(try left(known, jobs: 2) == "31s, about 30s left")
    #expect(
      try left(known.merging(["b@x=8": 100]) { $1 }, jobs: 2) == "31s, about 1m40s left")
  }

  @Test(arguments: [
    (0.04, "0.0s"), (0.44, "0.4s"), (9.94, "9.9s"), (9.96, "10s"), (59.4, "59s"), (60, "1m00s"),
    (3599, "59m59s"), (7380, "2h03m"), (-1, "unknown"), (.infinity, "unknown"), (.nan, "unknown"),
  ])
  func `tells times as people read them`(seconds: Double, text: String) {
    #expect(TimeText.text(seconds: seconds) == text)
  }
}

/// A history of stages whose times are known.
private struct KnownTimes: History {
  let seconds: [String: Double]

  func latest(of instance: StageInstance) -> PastRun? {
    seconds[instance.address].map { PastRun(seconds: $0, threads: 2) }
  }
}

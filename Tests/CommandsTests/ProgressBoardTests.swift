import Pipeline
import Testing

@testable import Commands

@Suite struct `Progress` {
  @Test func `has a line for each running stage with count, detail and time left`() {
    var board = ProgressBoard()
    board.start("teacher", because: "it has not run yet", at: 100)
    board.start("student@k=1", because: "seed 1 → 2", at: 101)
    board.update("teacher", StageProgress(unit: "epochs", completed: 0, total: 30), at: 102)
    board.update(
      "teacher",
      StageProgress(unit: "epochs", completed: 10, total: 30, detail: "812 images/s"), at: 112)
    #expect(
      board.lines(at: 112, width: 100) == [
        "teacher      ████░░░░░░░░  10/30 epochs  812 images/s  20s left",
        "student@k=1  ░░░░░░░░░░░░  11s  seed 1 → 2",
      ])
    #expect(board.summary(of: "teacher", at: 112) == "10/30 epochs, 812 images/s, 20s left")
    #expect(board.summary(of: "student@k=1", at: 112) == "11s")
    board.finish("teacher")
    #expect(board.lines(at: 112, width: 20) == ["student@k=1  ░░░░░░…"])
  }

  @Test func `does not count what was done before into the rate`() {
    var board = ProgressBoard()
    board.start("teacher", because: "it is forced to", at: 0)
    board.update("teacher", StageProgress(unit: "epochs", completed: 20, total: 30), at: 1)
    #expect(board.summary(of: "teacher", at: 1) == "20/30 epochs, 1.0s")
    board.update("teacher", StageProgress(unit: "epochs", completed: 21, total: 30), at: 3)
    #expect(board.summary(of: "teacher", at: 3) == "21/30 epochs, 18s left")
  }

  @Test(arguments: [
    (0.04, "0.0s"), (0.44, "0.4s"), (9.94, "9.9s"), (9.96, "10s"), (59.4, "59s"), (60, "1m00s"),
    (3599, "59m59s"), (7380, "2h03m"), (-1, "unknown"), (.infinity, "unknown"), (.nan, "unknown"),
  ])
  func `tells times as people read them`(seconds: Double, text: String) {
    #expect(TimeText.text(seconds: seconds) == text)
  }
}

import Foundation
import Pipeline
import Synchronization
import Testing

@testable import Commands

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `On a terminal` {
  /// Stages that wait for a file, so that tests decide when they go on.
  private static let waiting = """
    pipeline: p
    stages:
      first-of-two-stages-with-a-long-name:
        command: {run: "echo building; until test -e go; do sleep 0.02; done; touch 1", outputs: ["1"]}
      second: {from: first-of-two-stages-with-a-long-name, command: {run: "touch 2", outputs: ["2"]}}
    """

  private func program() throws -> Program {
    let program = try Program()
    try program.write(Self.waiting, to: "p.yaml")
    return program
  }

  @Test(arguments: [40, 80, 200]) func `a run shows what its stages do and leaves no trace of it`(
    columns: Int
  ) throws {
    let program = try program()
    let terminal = try ProgramTerminal(program, columns: columns, ["run"])
    try terminal.wait { $0.text.contains("building") }
    let rows = terminal.screen.rows
    #expect(rows.count == 3)
    #expect(
      rows[1].hasPrefix(
        columns == 40 ? "first-…g-name" : columns == 80 ? "first-of" : "first-of-two"))
    #expect(rows[1].contains("░"))
    #expect(rows[2].hasPrefix("0/2 stages"))
    // Time goes on although nothing happens.
    let before = rows[1]
    try terminal.wait { $0.rows.count == 3 && $0.rows[1] != before }
    try program.write("", to: "go")
    #expect(terminal.end() == 0)
    #expect(!terminal.screen.text.contains("░"))
    #expect(!terminal.screen.text.contains("building"))
    #expect(terminal.screen.unknown == [])
    let table = terminal.screen.rows.drop { !$0.hasPrefix("stage") }
    #expect(table.allSatisfy { $0.count <= columns })
    #expect(table.last?.hasSuffix("report.html") == true || columns == 40)
  }

  @Test func `a window that changes leaves no ghosts`() throws {
    let program = try program()
    let terminal = try ProgramTerminal(program, columns: 120, ["run"])
    try terminal.wait { $0.text.contains("building") }
    for columns in [30, 100, 25, 60] {
      terminal.resize(to: columns)
      let width = columns
      try terminal.wait { screen in
        screen.rows.count { $0.contains("0/2 stages") } == 1
          && screen.rows.count { $0.hasPrefix("fir") } == 1
          && screen.rows.suffix(2).allSatisfy { $0.count < width }
      }
    }
    try program.write("", to: "go")
    #expect(terminal.end() == 0)
    #expect(!terminal.screen.text.contains("░"))
  }

  @Test func `Ctrl-C says that it stops on a line of its own`() throws {
    let program = try program()
    let terminal = try ProgramTerminal(program, columns: 80, ["run"])
    try terminal.wait { $0.text.contains("building") }
    terminal.interrupt()
    #expect(terminal.end() == 130)
    #expect(terminal.screen.rows.contains("stopping; what has finished is kept"))
    #expect(!terminal.screen.text.contains("^C"))
  }

  @Test func `a second Ctrl-C does not wait for what runs`() throws {
    let program = try program()
    let deaf = Self.waiting.replacing("echo building", with: "trap '' TERM; echo building")
    try program.write(deaf, to: "p.yaml")
    let terminal = try ProgramTerminal(program, columns: 80, ["run"])
    try terminal.wait { $0.text.contains("building") }
    terminal.interrupt()
    try terminal.wait { $0.text.contains("stopping; what has finished is kept") }
    terminal.interrupt()
    #expect(terminal.end() == 130)
    let rows = terminal.screen.rows
    #expect(rows.contains("stopping; what has finished is kept"))
    #expect(rows.contains("stopped at once; the next run resumes from what had finished"))
  }

  @Test(arguments: [["TERM": "dumb"], ["NO_COLOR": "1"]])
  func `that takes no control sequences there are plain lines`(
    environment: [String: String]
  ) throws {
    let program = try program()
    try program.write("", to: "go")
    let terminal = try ProgramTerminal(program, columns: 80, environment: environment, ["run"])
    #expect(terminal.end() == 0)
    #expect(!terminal.screen.wasControlled)
    #expect(terminal.screen.text.contains("second: started, because it has not run yet"))
  }

  @Test func `quiet runs say nothing, and loud ones show every log`() throws {
    let program = try program()
    try program.write("", to: "go")
    let quiet = try program.run("-q", "run")
    #expect(quiet.status == 0 && quiet.output == "" && quiet.errors == "")
    let loud = try program.run("run", "-v", "--force")
    #expect(loud.errors.contains("first-of-two-stages-with-a-long-name | building"))
    try program.write(Self.waiting.replacing("touch 2", with: "exit 3"), to: "p.yaml")
    let failing = try program.run("-q", "run")
    #expect(failing.status == 1)
    #expect(failing.errors.contains("the command ended with status 3"))
    #expect(failing.output == "")
  }

  @Test func `a failure says where the log is`() throws {
    let program = try Program()
    try program.write(
      "pipeline: p\nstages: {a: {command: {run: 'echo oh; exit 3', outputs: [x]}}}\n", to: "p.yaml")
    let failing = try program.run("run")
    let line = try #require(failing.errors.split(separator: "\n").first { $0.contains("log: ") })
    let path = String(try #require(line.split(separator: " ").last))
    #expect(try program.text(path).contains("oh"))
    let logs = try program.run("logs", "a", "--path")
    #expect(logs.output == path + "\n")
    #expect(try program.run("logs").output.contains("oh"))
  }
}

@Suite struct `Lines that are redrawn` {
  /// What a display writes, as a terminal shows it.
  private final class Shown: Sendable {
    let screen = Mutex(TerminalScreen(columns: 60))
    let size = Mutex(ConsoleStreams.Size(columns: 60, rows: 24))

    var console: Console {
      Console(
        redraws: true, usesColor: true,
        streams: ConsoleStreams(
          put: { text, _ in self.screen.withLock { $0.feed(text) } },
          size: { _ in self.size.withLock { $0 } }))
    }

    var rows: [String] { screen.withLock { $0.rows } }

    /// The window changes, which the display does not know yet.
    func resize(to columns: Int) {
      size.withLock { $0.columns = columns }
      screen.withLock { $0.resize(to: columns) }
    }
  }

  @Test func `are gone after any change of the window, whatever is said then`() {
    let shown = Shown()
    let display = ProgressDisplay(shown.console) { 5 }
    display.say("said before")
    for name in ["one", "two", "three"] {
      display.start(name)
      display.note(name, "what this stage wrote to its log is long enough to fill the row")
    }
    for columns in [59, 20, 7, 33, 120, 12] {
      shown.resize(to: columns)
      display.say("now \(columns)")
      #expect(shown.rows.joined().contains("now \(columns)"))
    }
    display.close()
    shown.resize(to: 60)
    #expect(
      shown.rows == ["said before", "now 59", "now 20", "now 7", "now 33", "now 120", "now 12"])
  }

  @Test func `are overwritten together with what a terminal echoes`() {
    let shown = Shown()
    let display = ProgressDisplay(shown.console) { 5 }
    display.start("teacher")
    shown.screen.withLock { $0.feed("^C") }
    display.say("stopping")
    #expect(shown.rows.first == "stopping")
    display.finish("teacher", saying: "done")
    #expect(shown.rows == ["stopping", "done"])
  }

  @Test func `do not take part in what a stage sends to the terminal`() {
    let shown = Shown()
    let display = ProgressDisplay(shown.console) { 5 }
    display.start("a")
    display.note("a", "evil \u{1B}[2J\r\u{7}text")
    display.redraw()
    #expect(shown.screen.withLock { $0.unknown } == [])
    #expect(shown.rows.first?.contains("evil ␛[2J␍␇text") == true)
  }
}

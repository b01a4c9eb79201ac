import Diagnostics
import Processes
import Testing

struct FinishedProgramTests {
  @Test func `Output, errors and the ending are kept apart`() throws {
    let finished = try shell("echo out; echo err >&2; exit 3")
    #expect(finished.output == Array("out\n".utf8))
    #expect(finished.errors == Array("err\n".utf8))
    #expect(finished.ending == .exited(3))
    #expect("\(finished.ending)" == "exit status 3")
  }

  @Test func `More than a pipe holds is read from both at once`() throws {
    let finished = try shell("head -c 300000 /dev/zero >&2; head -c 500000 /dev/zero; cat")
    #expect(finished.errors.count == 300_000)
    #expect(finished.output.count == 500_000)
    #expect(finished.ending == .exited(0))
  }

  @Test func `What is not to be kept is still counted`() throws {
    let finished = try shell("head -c 500000 /dev/zero", keeping: 10)
    #expect(finished.output.count == 10)
    #expect(finished.outputCount == 500_000)
    #expect(finished.ending == .exited(0))
  }

  @Test func `It sees the given environment alone`() throws {
    let finished = try FinishedProgram(
      running: "/usr/bin/env", [], environment: ["B": "2", "A": "1 x"])
    #expect(String(decoding: finished.output, as: UTF8.self) == "A=1 x\nB=2\n")
  }

  @Test func `A program that takes too long is killed, with what it started`() throws {
    let finished = try shell("sleep 600 & sleep 600", within: .milliseconds(50))
    #expect(finished.ending == .signalled(9))
    #expect("\(finished.ending)" == "signal 9")
  }

  @Test func `A program that is not there is a diagnostic`() {
    let error = #expect(throws: Diagnostic.self) {
      _ = try FinishedProgram(running: "/nowhere/tool", [], environment: [:])
    }
    #expect(error?.message == "cannot start '/nowhere/tool': no such file or directory")
  }

  private func shell(
    _ line: String, keeping kept: Int = .max, within patience: Duration? = nil
  ) throws -> FinishedProgram {
    try FinishedProgram(
      running: "/bin/sh", ["-c", line], environment: ["PATH": "/usr/bin:/bin"], keeping: kept,
      within: patience)
  }
}

import Artifacts
import Diagnostics
import Foundation
import Glibc
import Testing

@testable import Processes

struct `Child processes` {
  @Test(arguments: [("exit 3", ChildProcess.Ending.exited(3)), ("kill -9 $$", .signalled(9))])
  func `tell how they ended`(line: String, ending: ChildProcess.Ending) throws {
    #expect(try Shell(line, leading: .group).child.waitForEnd() == ending)
  }

  @Test func `say what they and their children used`() throws {
    let block = "dd if=/dev/zero of=/dev/null bs=64M count=1 2>/dev/null"
    let (ending, usage) = try Shell("(\(block)); true", leading: .group).child
      .waitForEndAndUsage()
    #expect(ending == .exited(0))
    #expect(usage.peakMemory >= 64 << 20)
    #expect(usage.processorTime > .zero)
  }

  @Test(.timeLimit(.minutes(1))) func `take what they left in the background with them`() throws {
    let shell = try Shell("sleep 600 & echo $!", leading: .group)
    #expect(shell.child.waitForEnd() == .exited(0))
    #expect(isGone(try #require(pid_t(shell.text.trimmingCharacters(in: .newlines)))))
  }

  @Test(.timeLimit(.minutes(1)))
  func `that lead a session take groups of their own with them, too`() throws {
    let shell = try Shell("bash -c 'set -m; sleep 600 & echo $!'", leading: .session)
    #expect(shell.child.waitForEnd() == .exited(0))
    #expect(isGone(try #require(pid_t(shell.text.trimmingCharacters(in: .newlines)))))
  }

  @Test(.timeLimit(.minutes(1)))
  func `end with whoever started them, together with all that they started`() throws {
    var shell: Shell? = try Shell(
      "sleep 600 & echo $!; echo $$; exec >&-; sleep 600", leading: .group)
    var text = ""
    while text.count(where: \.isNewline) < 2 { text += try #require(shell?.text) }
    let processes = text.split(separator: "\n").compactMap { pid_t($0) }
    try #require(processes.count == 2)
    // Closes the near end of the lifeline, as the end of this process would.
    shell = nil
    var status: Int32 = 0
    unsafe waitpid(processes[1], &status, 0)
    #expect(status & 0x7F == SIGKILL)
    #expect(isGone(processes[0]))
  }

  @Test func `have the descriptors that they are given, and none that is open by chance`() throws {
    // Each is to have the number that the other has here.
    let pipes = [try LineFile("first"), try LineFile("second")]
    let numbers = pipes.map(\.number)
    // Where tests beside this one have very many files open, there is nothing to try it with.
    guard numbers.allSatisfy((3..<Lifeline.number).contains) else { return }
    let open = Glibc.dup(numbers[0])
    defer { close(open) }
    let told = try Pipe.told { output in
      try ChildProcess(
        executable: "/bin/sh",
        arguments: [
          "-c",
          "cat /proc/self/fd/\(numbers[0]) /proc/self/fd/\(numbers[1]); exec ls /proc/self/fd",
        ],
        environment: ["PATH": "/usr/bin:/bin"],
        descriptors: [
          0: numbers[0], 1: output, 2: output, numbers[0]: numbers[1], numbers[1]: numbers[0],
        ], leading: .group)
    }
    let lines = told.split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == ["second", "first"])
    // The listing itself has one more open, under the lowest number that is free.
    let expected = Set([0, 1, 2, Lifeline.number] + numbers).map(String.init)
    #expect(Set(lines.dropFirst(2)).isSuperset(of: expected))
    #expect(lines.count - 2 == expected.count + 1)
  }

  @Test func `hold what they and their children hold`() throws {
    let shell = try Shell(
      // Nobody reads what it writes, so it holds its block until it is ended.
      "dd if=/dev/zero bs=64M count=1 2>/dev/null | sleep 600", leading: .session)
    var most = 0
    let session = ProcessSession(shell.child.identifier)
    while most < 60 << 20, !shell.child.hasEnded {
      most = max(most, session.heldMemory(enough: .max))
    }
    shell.child.signal(SIGKILL, group: true)
    _ = shell.child.waitForEnd()
    #expect(most >= 60 << 20)
    #expect(most < 256 << 20)
    #expect(session.heldMemory(enough: 0) == 0)
  }

  /// Whether a process has ended; one that was just killed may take a moment.
  private func isGone(_ process: pid_t) -> Bool {
    while let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) {
      if stat.contains(") Z ") { return true }
      sched_yield()
    }
    return true
  }
}

/// A line that runs in a shell, and what it writes.
private struct Shell {
  let child: ChildProcess
  private let output: FileHandle

  init(_ line: String, leading leadership: ChildProcess.Leadership) throws {
    let nothing = try OpenFile(reading: "/dev/null")
    let pipe = Pipe()
    let end = pipe.fileHandleForWriting.fileDescriptor
    child = try ChildProcess(
      executable: "/bin/sh", arguments: ["-c", line], environment: ["PATH": "/usr/bin:/bin"],
      descriptors: [0: nothing.descriptor, 1: end], leading: leadership)
    try pipe.fileHandleForWriting.close()
    output = pipe.fileHandleForReading
  }

  /// What it has written since the last look, waited for where that is nothing.
  var text: String { String(decoding: output.availableData, as: UTF8.self) }
}

/// A file without a name, open under a number that shells can write, which children would inherit.
private final class LineFile {
  let number: Int32

  init(_ line: String) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").path
    try (line + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    let opened = unsafe open(path, O_RDONLY)
    try FileManager.default.removeItem(atPath: path)
    number = opened
    try #require(number >= 0)
  }

  deinit { close(number) }
}

extension Pipe {
  /// What a process writes to its end, to which `start` is given the descriptor.
  fileprivate static func told(_ start: (Int32) throws -> ChildProcess) throws -> String {
    let pipe = Pipe()
    let child = try start(pipe.fileHandleForWriting.fileDescriptor)
    try pipe.fileHandleForWriting.close()
    let told = try pipe.fileHandleForReading.readToEnd() ?? Data()
    _ = child.waitForEnd()
    return String(decoding: told, as: UTF8.self)
  }
}

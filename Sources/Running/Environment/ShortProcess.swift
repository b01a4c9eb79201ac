internal import Artifacts
internal import FoundationEssentials
internal import Glibc
internal import Processes

/// A program that answers soon or is given up.
enum ShortProcess {
  /// The most bytes of an answer that are read.
  private static let longestAnswer = 1 << 18

  /// What a program prints, or `nil` where it is missing, fails or takes too long.
  static func output(of program: String, _ words: [String], within patience: Duration) -> String? {
    let deadline = ContinuousClock.now + patience
    do {
      let nothing = try OpenFile(reading: "/dev/null")
      let errors = try OpenFile(appending: "/dev/null")
      let output: Descriptor
      let child: ChildProcess
      do {
        // Neither end reaches a program that starts at the same time, which would keep it open.
        let pipe = try PipePair()
        child = try ChildProcess(
          executable: "/usr/bin/env", arguments: [program] + words,
          environment: ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }.sorted(),
          descriptors: [0: nothing.descriptor, 1: pipe.writing.number, 2: errors.descriptor],
          leading: .group)
        output = try Descriptor(duplicating: pipe.reading.number)
      }
      let answer = read(output, until: deadline)
      if answer == nil { child.signal(SIGKILL, group: true) }
      guard child.waitForEnd() == .exited(0) else { return nil }
      return answer.map { String(decoding: $0, as: UTF8.self) }
    } catch {
      return nil
    }
  }

  /// Everything up to the end, or `nil` where that does not come in time or is too far.
  private static func read(
    _ output: borrowing Descriptor, until deadline: ContinuousClock.Instant
  ) -> [UInt8]? {
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while answer.count <= longestAnswer {
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      var waited = pollfd(fd: output.number, events: Int16(POLLIN), revents: 0)
      guard left > 0, unsafe poll(&waited, 1, Int32(left) + 1) > 0 else { return nil }
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(output.number, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return answer }
      guard count > 0 else { return nil }
      answer += chunk[..<count]
    }
    return nil
  }
}

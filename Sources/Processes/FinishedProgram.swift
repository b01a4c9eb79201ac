internal import Artifacts
package import Diagnostics
internal import Glibc

/// A program that has run to its end, with what it wrote.
package struct FinishedProgram: Sendable {
  package let ending: ChildProcess.Ending

  /// What it wrote to its output, or the start of that where less was to be kept.
  package private(set) var output: [UInt8] = []

  /// How many bytes it wrote to its output.
  package private(set) var outputCount = 0

  /// What it wrote to its standard error.
  package private(set) var errors: [UInt8] = []

  /// Starts a program that reads nothing, and waits for its end.
  ///
  /// - Parameters:
  ///   - environment: all that it sees.
  ///   - directory: its working directory, by default that of this process.
  ///   - kept: the most bytes of its output, and of its errors, that are kept.
  ///   - patience: how long its output may take to end; then it is killed. By default for ever.
  /// - Throws: a `Diagnostic` where it cannot be started.
  package init(
    running executable: String, _ arguments: [String], environment: [String: String],
    in directory: String? = nil, keeping kept: Int = .max, within patience: Duration? = nil
  ) throws(Diagnostic) {
    let nothing = try OpenFile(reading: "/dev/null")
    let output: Descriptor
    let errors: Descriptor
    let child: ChildProcess
    do {
      // The writing ends close here, so that reading ends with the program.
      let written = try PipePair()
      let complaints = try PipePair()
      output = try Descriptor(duplicating: written.reading.number)
      errors = try Descriptor(duplicating: complaints.reading.number)
      child = try ChildProcess(
        executable: executable, arguments: arguments, environment: environment,
        directory: directory,
        descriptors: [
          0: nothing.descriptor, 1: written.writing.number, 2: complaints.writing.number,
        ], leading: .group)
    }
    let deadline = patience.map { ContinuousClock.now + $0 }
    var waited = [output.number, errors.number].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    // A negative number is one that poll looks past.
    while waited.contains(where: { $0.fd >= 0 }) {
      guard Self.wait(for: &waited, until: deadline) else {
        child.signal(SIGKILL, group: true)
        break
      }
      for index in waited.indices where waited[index].revents != 0 {
        let count = unsafe chunk.withUnsafeMutableBytes { buffer in
          unsafe read(waited[index].fd, buffer.baseAddress, buffer.count)
        }
        guard count > 0 else {
          if count == 0 || errno != EINTR { waited[index].fd = -1 }
          continue
        }
        if index == 0 {
          outputCount += count
          self.output += chunk[..<min(count, kept - self.output.count)]
        } else {
          self.errors += chunk[..<min(count, kept - self.errors.count)]
        }
      }
    }
    ending = child.waitForEnd()
  }

  /// - Returns: whether there is something to read before the deadline.
  private static func wait(
    for waited: inout [pollfd], until deadline: ContinuousClock.Instant?
  ) -> Bool {
    while true {
      var patience: Int32 = -1
      if let deadline {
        let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
        guard left > 0 else { return false }
        patience = Int32(min(left, 1e9)) + 1
      }
      let count = unsafe poll(&waited, nfds_t(waited.count), patience)
      if count > 0 { return true }
      if count < 0, errno != EINTR { return false }
    }
  }
}

internal import Diagnostics
internal import Foundation
internal import Glibc
internal import Pipeline

/// A shell line in a process group of its own, whose output goes to a stage's log.
struct ShellLine {
  /// How often a cancelled line is asked to end, a tenth of a second apart, before it is made to.
  private static let patience = 30

  private let line: String
  private let directory: String
  private let environment: [String: String]

  init(_ line: String, in directory: String, environment: [String: String]) {
    self.line = line
    self.directory = directory
    self.environment = environment
  }

  /// Runs the line to its end.
  ///
  /// - Throws: a `Diagnostic` when it fails, `CancellationError` when the stage was cancelled.
  func run(_ reporter: any StageReporter) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try Self.withSignalsUnblocked { try process.run() }
    try output.fileHandleForWriting.close()
    let lines = try forward(output.fileHandleForReading, from: process, to: reporter)
    process.waitUntilExit()
    if reporter.isCancelled { throw CancellationError() }
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw failure(of: process, lastLines: lines)
    }
  }

  /// Threads of a pool block signals and a child inherits that; a line that blocks `SIGTERM` could only
  /// be killed.
  private static func withSignalsUnblocked(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  /// Passes output on line by line until the pipe closes or the shell ends, and stops the shell when
  /// the stage is cancelled.
  ///
  /// - Returns: the last lines.
  private func forward(
    _ handle: FileHandle, from process: Process, to reporter: any StageReporter
  ) throws -> [String] {
    var pending: [UInt8] = []
    var last: [String] = []
    func emit(_ bytes: ArraySlice<UInt8>) {
      let text = String(decoding: bytes, as: UTF8.self)
      reporter.log(text)
      last = last.suffix(4) + [text]
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    var stops = 0
    while true {
      if reporter.isCancelled {
        stops += 1
        _ = kill(-process.processIdentifier, stops <= Self.patience ? SIGTERM : SIGKILL)
      }
      var waited = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&waited, 1, 100) > 0 else {
        if process.isRunning { continue }
        break
      }
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe read(handle.fileDescriptor, buffer.baseAddress, buffer.count)
      }
      guard count > 0 else { break }
      pending += chunk[..<count]
      while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        emit(pending[..<end])
        pending.removeSubrange(...end)
      }
    }
    if !pending.isEmpty { emit(pending[...]) }
    return last
  }

  private func failure(of process: Process, lastLines: [String]) -> Diagnostic {
    let status = process.terminationStatus
    let fact =
      process.terminationReason == .exit
      ? "the command ended with status \(status)" : "the command was killed by signal \(status)"
    return Diagnostic(
      fact, remedy: "try it by hand in '\(directory)': \(line)",
      notes: lastLines.isEmpty
        ? [Note("it wrote nothing")]
        : [Note("it wrote at last:\n" + lastLines.joined(separator: "\n"))])
  }
}

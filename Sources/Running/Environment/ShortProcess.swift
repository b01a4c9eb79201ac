internal import Dispatch
internal import Foundation
internal import Glibc

/// A program that answers soon or is given up.
enum ShortProcess {
  /// The most bytes of an answer that are read.
  private static let longestAnswer = 1 << 18

  /// What a program prints, or `nil` where it is missing, fails or takes too long.
  static func output(of program: String, _ words: [String], within patience: Duration) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + words
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    guard (try? process.run()) != nil else { return nil }
    let (seconds, attoseconds) = patience.components
    let deadline =
      DispatchTime.now()
      + .milliseconds(Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    let answer = read(pipe.fileHandleForReading, until: deadline)
    guard let answer, ended.wait(timeout: deadline) == .success else {
      kill(process.processIdentifier, SIGKILL)
      return nil
    }
    guard process.terminationReason == .exit, process.terminationStatus == 0 else { return nil }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Everything up to the end, or `nil` where that does not come in time or is too far.
  private static func read(_ handle: FileHandle, until deadline: DispatchTime) -> [UInt8]? {
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while answer.count <= longestAnswer {
      let left =
        Int64(bitPattern: deadline.uptimeNanoseconds)
        - Int64(bitPattern: DispatchTime.now().uptimeNanoseconds)
      var waited = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard left > 0, unsafe poll(&waited, 1, Int32(clamping: left / 1_000_000 + 1)) > 0 else {
        return nil
      }
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(handle.fileDescriptor, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return answer }
      guard count > 0 else { return nil }
      answer += chunk[..<count]
    }
    return nil
  }
}

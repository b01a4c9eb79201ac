internal import Foundation

/// This executable as a child process, for what must not happen in the command's own process.
struct OwnProcess {
  struct Ending {
    let output: [UInt8]
    let errors: [UInt8]

    /// The exit status, or `nil` where a signal ended the process.
    let status: Int32?
    let signal: Int32
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - words: the words of its command line.
  ///   - environment: variables beside those of this process.
  static func run(_ words: [String], environment: [String: String] = [:]) throws -> Ending {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    let errors = FileManager.default.temporaryDirectory.appending(path: "anneal-\(UUID())")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let failed = process.terminationReason != .exit
    return Ending(
      output: Array(bytes), errors: Array((try? Data(contentsOf: errors)) ?? Data()),
      status: failed ? nil : process.terminationStatus,
      signal: failed ? process.terminationStatus : 0)
  }
}

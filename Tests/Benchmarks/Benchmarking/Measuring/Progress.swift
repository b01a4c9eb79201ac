internal import Foundation

/// Tells what goes on, a line at a time.
struct Progress: Sendable {
  let tell: @Sendable (String) -> Void

  static let onStandardError = Progress { line in
    FileHandle.standardError.write(Data("benchmarks: \(line)\n".utf8))
  }
}

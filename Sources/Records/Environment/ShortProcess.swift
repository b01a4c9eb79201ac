internal import FoundationEssentials
internal import Processes

/// A program that answers soon or is given up.
enum ShortProcess {
  /// The most bytes that an answer may have.
  private static let longestAnswer = 1 << 18

  /// What a program prints, or `nil` where it is missing, fails, takes too long or says too much.
  static func output(of program: String, _ words: [String], within patience: Duration) -> String? {
    let finished = try? FinishedProgram(
      running: "/usr/bin/env", [program] + words,
      environment: ProcessInfo.processInfo.environment, keeping: longestAnswer, within: patience)
    guard let finished, finished.ending == .exited(0), finished.outputCount <= longestAnswer else {
      return nil
    }
    return String(decoding: finished.output, as: UTF8.self)
  }
}

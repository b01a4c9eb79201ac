internal import Diagnostics

/// A mistake on the command line.
struct UsageError: Error, Equatable {
  let message: String
  let remedy: String

  init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }

  var diagnostic: Diagnostic { Diagnostic(message, remedy: remedy) }

  /// Checks a value that has to be one of a fixed set.
  static func check(
    _ text: String, among choices: [String], for name: String
  ) throws(UsageError) {
    guard !choices.isEmpty, !choices.contains(text) else { return }
    let near = nearestName(to: text, in: choices)
    throw UsageError(
      "'\(text)' is no value for '--\(name)'",
      remedy: near.map { "did you mean '\($0)'?" }
        ?? "choose one of \(choices.joined(separator: ", "))")
  }
}

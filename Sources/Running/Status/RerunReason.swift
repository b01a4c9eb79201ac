internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import YAML

/// Why a stage has to run, in the words that `status`, `plan` and `run` share.
struct RerunReason: Sendable {
  let words: String

  /// What differs from the last time, where that is the reason.
  var difference: KeyDifference?

  static let neverRan = RerunReason(words: "it has not run yet")
  static let forced = RerunReason(words: "it is forced to")
  static let outputGone = RerunReason(words: "its output is not in the store any more")

  /// Why nothing is recorded for a key.
  ///
  /// - Parameter last: what entered the key when the stage last came to something, if it ever did.
  static func missing(_ key: StageKey, since last: Value?) -> RerunReason {
    guard let last else { return .neverRan }
    guard let difference = KeyDifference(from: last, to: key.ingredients) else {
      return RerunReason(words: "its result is not recorded any more")
    }
    return RerunReason(words: difference.description, difference: difference)
  }
}

extension Ledger {
  /// Why a stage runs that is not to take a result that is there.
  func reason(
    toRun address: String, of pipeline: String, _ key: StageKey, in store: Store
  ) throws(Diagnostic) -> RerunReason {
    if let output = try output(for: key.digest) {
      return store.contains(output) ? .forced : .outputGone
    }
    return .missing(key, since: try latestResult(of: address, in: pipeline)?.ingredients)
  }
}

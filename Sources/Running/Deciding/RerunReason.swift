internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import YAML

/// Why a stage has to run, in the words that `status`, `plan` and `run` share.
struct RerunReason: Sendable {
  let words: String

  /// What differs from the last time, where that is the reason.
  var difference: KeyDifference?

  init(words: String) {
    self.words = words
  }

  init(_ difference: KeyDifference) {
    words = difference.description
    self.difference = difference
  }

  static let neverRan = RerunReason(words: "it has not run yet")
  static let always = RerunReason(words: "it always runs")
  static let accepted = RerunReason(words: "what stands in the folder is accepted")
  static let forced = RerunReason(words: "it is forced to")
  static func needed(by reader: String) -> RerunReason {
    RerunReason(words: "'\(reader)' reads its temporary output, which was removed")
  }

  static let freed = RerunReason(words: "its temporary output, which was removed, may be read")
  static let outputGone = RerunReason(words: "its output is not in the store any more")

  /// Why nothing is recorded for a key.
  ///
  /// - Parameter past: what entered the keys of the stage's latest results, the newest first.
  static func missing(_ key: KeyIngredients, since past: [KeyIngredients]) -> RerunReason {
    guard let closest = key.closest(among: past) else { return .neverRan }
    guard let difference = KeyDifference(from: closest, to: key) else {
      return RerunReason(words: "its result is not recorded any more")
    }
    return RerunReason(difference)
  }
}

extension Ledger {
  /// Why a stage runs that is not to take a result that is there.
  func reason(
    toRun address: String, of graph: PipelineGraph, _ key: StageKey, in store: Store
  ) throws(Diagnostic) -> RerunReason {
    if let output = try output(for: key.digest) {
      return store.contains(output) ? .forced : .outputGone
    }
    return .missing(
      KeyIngredients(of: key, in: graph), since: try recentIngredients(of: address, in: graph.name))
  }
}

internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// How the files that a stage writes beside its artifact differ from the artifact.
package struct OutputDifferences: Sendable, Equatable {
  /// What is missing, or holds what another artifact has.
  package var outdated: [OutputItem] = []

  /// What the artifact does not have, and that nobody misses: another artifact has it.
  package var surplus: [OutputItem] = []

  /// What holds something that no artifact in the store has: somebody else wrote it.
  package var foreign: [String] = []

  /// Whether something of the artifact is missing or was changed; what is there beside it does not count.
  var isIncomplete: Bool { !outdated.isEmpty }
  /// What an attempt left that was killed, with the name of its run.
  package var unfinished: [String: String] = [:]

  /// The folders that the artifact tells of.
  var branches: [TreeManifest.Branch] = []

  /// Whether there is anything to put back.
  package var isOutdated: Bool {
    !outdated.isEmpty || !surplus.isEmpty || !foreign.isEmpty || !unfinished.isEmpty
  }

  /// The paths that putting back changes.
  package var changing: [String] {
    Set((outdated + surplus).map(\.path) + foreign + unfinished.keys).sorted()
  }

  /// Such as `'a.csv'` or `'a.csv' and 3 others`.
  package static func listing(_ paths: [String]) -> String {
    let first = paths.first.map { "'\($0)'" } ?? ""
    let others = paths.count - 1
    return others < 1 ? first : "\(first) and \(others) \(others == 1 ? "other" : "others")"
  }

  /// Clauses about what is not as the artifact has it.
  var facts: [String] {
    var facts: [String] = []
    let back = Set((outdated + surplus).map(\.path)).sorted()
    if !back.isEmpty { facts.append("a run puts back \(Self.listing(back))") }
    if !foreign.isEmpty {
      facts.append("a run sets aside \(Self.listing(foreign)), which somebody else wrote")
    }
    if let run = unfinished.min(by: { $0.key < $1.key })?.value {
      facts.append(
        "a run sets aside \(Self.listing(unfinished.keys.sorted())), which run \(run) left half done"
      )
    }
    return facts
  }
}

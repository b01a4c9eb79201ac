package import Artifacts
internal import Diagnostics
internal import Pipeline

/// How the files that a stage writes beside its artifact differ from the artifact.
package struct WrittenStanding: Sendable, Equatable {
  /// What is missing, or holds what another artifact has.
  package var outdated: [TreeManifest.Entry] = []

  /// What the artifact does not have and another one does.
  package var surplus: [String] = []

  /// What holds something that no artifact in the store has: somebody else wrote it.
  package var foreign: [String] = []

  /// Whether there is anything to put back.
  package var isOutdated: Bool { !outdated.isEmpty || !surplus.isEmpty }

  /// The paths that putting back changes.
  package var changing: [String] { (outdated.map(\.path) + surplus).sorted() }

  /// Such as `'a.csv'` or `'a.csv' and 3 others`.
  package static func listing(_ paths: [String]) -> String {
    let first = paths.first.map { "'\($0)'" } ?? ""
    let others = paths.count - 1
    return others < 1 ? first : "\(first) and \(others) \(others == 1 ? "other" : "others")"
  }

  /// Clauses about what is not as the artifact has it.
  var facts: [String] {
    var facts: [String] = []
    if isOutdated { facts.append("a run puts back \(Self.listing(changing))") }
    if !foreign.isEmpty { facts.append("somebody else wrote \(Self.listing(foreign))") }
    return facts
  }

  /// What is said of files that are left alone.
  func warning(about instance: StageInstance) -> Diagnostic? {
    guard !foreign.isEmpty else { return nil }
    let isOne = foreign.count == 1
    let it = isOne ? "it" : "them"
    return Diagnostic(
      "\(Self.listing(foreign)) \(isOne ? "is" : "are") not as stage '\(instance.address)' left "
        + "\(it), and \(isOne ? "stays" : "stay") so",
      at: instance.range, severity: .warning,
      remedy: "remove \(it) and run again to have what the stage made")
  }
}

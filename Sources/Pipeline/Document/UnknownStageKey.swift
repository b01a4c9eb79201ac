internal import Diagnostics
internal import YAML

/// A key of a stage that nothing there knows, and what was most likely meant by it.
struct UnknownStageKey {
  private let key: Node.Entry
  private let kind: (any Stage.Type)?
  private let kinds: [String]
  private let common: [String]

  /// - Parameters:
  ///   - kind: the kind that the stage has, if any.
  ///   - common: the keys that may stand beside a kind.
  init(_ key: Node.Entry, beside kind: (any Stage.Type)?, kinds: [String], common: [String]) {
    self.key = key
    self.kind = kind
    self.kinds = kinds
    self.common = common
  }

  var diagnostic: Diagnostic {
    let name = key.key
    let settings = kind?.settingKeys ?? []
    if let kind, settings.contains(name) {
      return Diagnostic(
        "'\(name)' belongs under '\(kind.kind)'", at: key.keyRange,
        remedy: "write it as \(kind.kind): {\(name): …}")
    }
    var problem = Diagnostic("unknown key '\(name)'", at: key.keyRange)
    if let near = near {
      problem = problem.adding(remedy: .didYouMean(near))
    } else if let kind, let near = nearestName(to: name, in: settings) {
      problem = problem.adding(remedy: "did you mean '\(near)', under '\(kind.kind)'?")
    } else if kind == nil {
      problem = problem.adding(remedy: "a stage has one of \(kinds.joined(separator: ", "))")
    }
    let place = kind.map { "'\($0.kind)'" } ?? "it"
    return problem.adding(
      remedy: "beside \(place) there may be \(common.sorted().joined(separator: ", "))")
  }

  private var near: String? {
    nearestName(to: key.key, in: kind == nil ? kinds + common : common)
      ?? Self.namesElsewhere[key.key]
  }

  /// What other programs call these keys.
  private static let namesElsewhere = [
    "after": "from", "cpus": "threads", "depends-on": "from", "depends_on": "from",
    "description": "describe", "gpu": "device", "if": "when", "inputs": "from", "needs": "from",
    "retry": "retries", "strategy": "matrix",
  ]
}

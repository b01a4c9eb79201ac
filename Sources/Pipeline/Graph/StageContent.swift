internal import Diagnostics
internal import Options
internal import YAML

/// What a stage says apart from its connections, once no references are left in it.
final class StageContent: Sendable {
  let resolved: ResolvedSettings
  let common: CommonKeys
  let requests: StageRequests

  var settings: StageSettings { resolved.settings }

  init(resolved: ResolvedSettings, common: CommonKeys, requests: StageRequests) {
    self.resolved = resolved
    self.common = common
    self.requests = requests
  }
}

extension StageContent {
  /// A stage's content as far as it decodes, with what is wrong in each of its two parts.
  struct Decoded: Sendable {
    var content: StageContent?

    /// The settings as far as they say something, whatever else is wrong.
    var settings: StageSettings? { resolved?.settings }
    var resolved: ResolvedSettings?
    var problemsWithCommon = Diagnostics()
    var problemsWithKind = Diagnostics()
  }

  /// - Parameters:
  ///   - common: the mapping of the keys that every stage may have.
  ///   - kind: the settings, or `nil` where the file names no kind.
  ///   - directory: the folder to which paths are relative.
  static func decode(
    common: Node, kind: Node?, of type: (any Stage.Type)?, in directory: String
  ) -> Decoded {
    var decoded = Decoded()
    let keys = CommonKeys.decode(common, into: &decoded.problemsWithCommon)
    guard let type, let kind else { return decoded }
    let (own, misplaced) = type.separating(kind)
    for entry in misplaced {
      decoded.problemsWithKind.add(
        Diagnostic(
          "'\(entry.key)' stands beside '\(type.kind)', not in it", at: entry.keyRange,
          remedy: "move it to where '\(type.kind)' stands"))
    }
    let resolved = type.resolve(own, in: directory, into: &decoded.problemsWithKind)
    decoded.resolved = resolved
    guard let resolved, let keys, !decoded.problemsWithKind.hasErrors else { return decoded }
    decoded.content = StageContent(
      resolved: resolved, common: keys, requests: keys.requests(in: common))
    return decoded
  }
}

extension Stage {
  /// The settings without those keys that belong to the stage itself, and these keys.
  fileprivate static func separating(_ settings: Node) -> (own: Node, misplaced: [Node.Entry]) {
    guard let entries = settings.mapping,
      entries.contains(where: { keysBesideKind.contains($0.key) }), let keys = settingKeys
    else { return (settings, []) }
    let isMisplaced = { (entry: Node.Entry) in
      keysBesideKind.contains(entry.key) && !keys.contains(entry.key)
    }
    let own = Node(.mapping(entries.filter { !isMisplaced($0) }), at: settings.range)
    return (own, entries.filter(isMisplaced))
  }
}

private let keysBesideKind = Set(CommonKeys.names + DeclarationReader.links)

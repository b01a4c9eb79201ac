internal import Diagnostics
internal import Options
internal import YAML

/// A key of a stage that nothing there knows, and what was most likely meant by it.
struct UnknownStageKey {
  private let key: Node.Entry
  private let stage: [Node.Entry]
  private let kind: (any Stage.Type)?
  private let kinds: [String]
  private let common: [String]

  /// - Parameters:
  ///   - stage: all members of the stage.
  ///   - kind: the kind that the stage has, if any.
  ///   - common: the keys that may stand beside a kind.
  init(
    _ key: Node.Entry, of stage: [Node.Entry], kind: (any Stage.Type)?, kinds: [String],
    common: [String]
  ) {
    self.key = key
    self.stage = stage
    self.kind = kind
    self.kinds = kinds
    self.common = common
  }

  /// Whether the key belongs under another one of the stage that has nothing under it, most likely because
  /// the lines below it are not indented. What that one says is not known then.
  var isUnderindented: Bool { isAxis || (isSetting && settings?.isNull ?? false) }

  var diagnostic: Diagnostic {
    let name = key.key
    if isAxis {
      return Diagnostic(
        "'\(name)' belongs under 'matrix'", at: key.keyRange,
        remedy: "indent it further than 'matrix'")
    }
    if let kind, isSetting {
      return Diagnostic(
        "'\(name)' belongs under '\(kind.kind)'", at: key.keyRange,
        remedy: settings?.isNull ?? false
          ? "indent it further than '\(kind.kind)'" : "write it as \(kind.kind): {\(name): …}")
    }
    var problem = Diagnostic("unknown key '\(name)'", at: key.keyRange)
    if let remedy { problem = problem.adding(remedy: remedy) }
    let place = kind.map { "'\($0.kind)'" } ?? "it"
    return problem.adding(
      remedy: "beside \(place) there may be \(common.sorted().joined(separator: ", "))")
  }

  /// What stands under the kind.
  private var settings: Node? {
    kind.flatMap { kind in stage.first { $0.key == kind.kind }?.value }
  }

  /// What the stage reads from.
  private var from: Node? { stage.first { $0.key == "from" }?.value }

  private var isSetting: Bool { (kind?.settingKeys ?? []).contains(key.key) }

  /// Whether the key is a name of a matrix whose values stand beside it.
  private var isAxis: Bool {
    guard let matrix = stage.first(where: { $0.key == "matrix" }), matrix.value.isNull else {
      return false
    }
    return key.value.sequence != nil && key.key.meant(among: common) == nil
  }

  private var remedy: Note? {
    let name = key.key
    let meanings = [name.kebab] + ForeignNames.meanings(of: name)
    if let joined = JoinedKey(name), (common + kinds).contains(joined.key) {
      return Note(joined.remedy)
    }
    if name == "pick" {
      let choice = key.value.mapping?.first.map { "{\($0.key): \($0.value.shortText)}" }
      return Note("write from: {stage: \(from?.shortText ?? "STAGE"), pick: \(choice ?? "…")}")
    }
    if let kind, let role = kind.inputs.first(where: { $0.name == name }) {
      return Note("write from: {\(roles(with: role.name))}")
    }
    if let kind, meanings.contains(kind.kind), key.value.mapping != nil {
      return Note("write its keys under '\(kind.kind)'")
    }
    if ["name", "id", "task-id", "step-id"].contains(name.kebab) {
      return Note("take it away; the name of a stage is the key above it")
    }
    if ["resources", "limits", "requests"].contains(name.kebab), key.value.mapping != nil {
      return Note("write 'memory', 'threads' and 'device' here, without '\(name)'")
    }
    let here = kind == nil ? kinds + common : common
    if let meaning = meanings.first(where: here.contains) { return suggestion(meaning) }
    if let kind, let meaning = meanings.first(where: (kind.settingKeys ?? []).contains) {
      return Note("write \(kind.kind): {\(meaning): \(key.value.shortText)}")
    }
    if let near = nearestName(to: name.kebab, in: here) { return .didYouMean(near) }
    guard let kind else {
      return Note("a stage has one of \(kinds.joined(separator: ", "))")
    }
    if let near = nearestName(to: name.kebab, in: kind.settingKeys ?? []) {
      return Note("did you mean '\(near)', under '\(kind.kind)'?")
    }
    for meaning in meanings {
      let beside = settings?.mapping ?? []
      guard let place = kind.deeperKeys.place(of: meaning, beside: beside) else { continue }
      return Note("write \(kind.kind): {\(place.written(key.value.shortText))}")
    }
    if TopKeys.all.contains(name) { return Note("'\(name)' stands at the top of the file") }
    if let meaning = meanings.first(where: ["vars", "seed", "numerics", "profiles"].contains) {
      return Note("did you mean '\(meaning)', which stands at the top of the file?")
    }
    return ForeignHabits.remedy(for: name)
  }

  /// The roles of `from` with one more, in place of the key.
  private func roles(with name: String) -> String {
    let written = key.value.shortText
    guard let from, let other = kind?.inputs.first(where: { $0.name != name && $0.isRequired }),
      from.scalar != nil
    else { return "\(name): \(written), …" }
    return "\(name): \(written), \(other.name): \(from.shortText)"
  }

  /// Suggests another name, and for a section within the value that section.
  private func suggestion(_ name: String) -> Note {
    guard name == "matrix", let inner = key.value["matrix"]?.mapping?.first else {
      return .didYouMean(name)
    }
    return Note("write matrix: {\(inner.key): \(inner.value.shortText)}, without '\(key.key)'")
  }
}

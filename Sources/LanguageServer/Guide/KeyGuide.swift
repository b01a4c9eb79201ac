internal import Options
internal import Pipeline
internal import YAML

/// Knows for every place of a pipeline file which keys may stand there and what they mean.
struct KeyGuide {
  private let catalog: Catalog

  init(_ catalog: Catalog) {
    self.catalog = catalog
  }

  // MARK: Keys without settings of their own

  static let topMembers = [
    Member(
      "include", summary: "Files whose vars, env, profiles and stages belong to this pipeline."),
    Member("vars", summary: "Values for `${vars.NAME}`.", isBlock: true),
    Member("env", summary: "The environment variables that `${env.NAME}` may read."),
    Member(
      "profiles",
      summary: "Changes by the name that `--profile` takes; a change is a path and its value.",
      isBlock: true),
    Member(
      "search", summary: "What `anneal search` tries, by the name of the search.", isBlock: true),
    Member("stages", summary: "The stages by name.", isBlock: true),
  ]

  static let linkMembers = [
    Member(
      "from",
      summary:
        "The stages that this one reads from: `NAME`, `[NAME, NAME]` or `{ROLE: NAME}`. "
        + "`{stage: NAME, pick: {max: METRIC}}` takes the best instance of a matrix."),
    Member(
      "matrix",
      summary:
        "Values by name; the stage has an instance for each combination. `exclude` and `include` "
        + "change the combinations.", isBlock: true),
    Member(
      "when",
      summary: "A condition on variables, matrix values and upstream metrics, such as "
        + "`vars.full and metrics.teacher.validation.accuracy >= 0.98`."),
  ]

  private static let pickMembers = [
    Member("max", summary: "Takes the instance whose metric is the largest."),
    Member("min", summary: "Takes the instance whose metric is the smallest."),
  ]

  private static let referenceMembers = [
    Member("stage", summary: "The stage that is read from."),
    Member("pick", summary: "Takes the instance whose metric is the largest or the smallest."),
  ]

  private static let matrixMembers = [
    Member("exclude", summary: "Combinations that are left out.", isBlock: true),
    Member("include", summary: "Combinations that are extended or added.", isBlock: true),
  ]

  private var kindMembers: [Member] {
    catalog.stages.map { Member($0.kind, summary: $0.summary, isBlock: true) }
  }

  // MARK: Places

  /// The keys that may stand in the mapping at a path.
  ///
  /// - Parameter stage: what the stage on the path has by now.
  func keys(at path: [Step], of stage: Node?) -> [Member] {
    guard path.first == .key("stages") else {
      if path.isEmpty { return Self.topMembers + headerMembers }
      let isKnown = path.first == .key("env") || path.first == .key("search") && path.count > 1
      return isKnown ? settings(at: path)?.view.keys ?? [] : []
    }
    switch path.count {
    case 0, 1: return []
    case 2: return stageMembers(beside: stage)
    default: break
    }
    switch path[2].key {
    case "from": return fromMembers(at: path, of: stage)
    case "matrix": return path.count == 3 ? Self.matrixMembers : []
    default: return settings(at: path)?.view.keys ?? []
    }
  }

  private var headerMembers: [Member] { SchemaView(PipelineHeader.schema).keys }

  private func stageMembers(beside stage: Node?) -> [Member] {
    let hasKind = stage?.mapping?.contains { catalog[$0.key] != nil } ?? false
    return (hasKind ? [] : kindMembers) + Self.linkMembers + SchemaView(CommonKeys.schema).keys
  }

  private func fromMembers(at path: [Step], of stage: Node?) -> [Member] {
    if path.last == .key("pick") { return Self.pickMembers }
    guard path.count == 3 else { return Self.referenceMembers }
    return Self.referenceMembers + roles(of: stage).map { Member($0.name, summary: $0.phrase) }
  }

  /// The roles that a stage's kind has to fill.
  private func roles(of stage: Node?) -> [Role] {
    let kind = stage?.mapping?.lazy.compactMap { catalog[$0.key] }.first
    return kind?.inputs ?? []
  }

  /// What may be written at a path into a stage's settings, or into the keys that the file as a whole or
  /// every stage has; `nil` for places of another kind.
  func settings(at path: [Step]) -> (view: SchemaView, member: Member?)? {
    guard path.first == .key("stages") else {
      if path.first == .key("env"), path.count > 1 {
        return SchemaView(EnvironmentEntry.schema).view(at: path.dropFirst(2))
      }
      if path.first == .key("search") {
        return path.count > 1 ? SchemaView(SearchHelp.schema).view(at: path.dropFirst(2)) : nil
      }
      return path.isEmpty ? nil : SchemaView(PipelineHeader.schema).view(at: path)
    }
    guard path.count >= 3, let key = path[2].key else { return nil }
    if let kind = catalog[key] {
      let found = SchemaView(kind.settingsSchema).view(at: path.dropFirst(3))
      return found.map { ($0.view, $0.member ?? member(ofKind: kind, at: path)) }
    }
    return SchemaView(CommonKeys.schema).view(at: path.dropFirst(2))
  }

  /// The paths to the settings of a kind, such as `train.optimizer.sgd.momentum`.
  func paths(ofKind name: String) -> [Member] {
    guard let kind = catalog[name] else { return [] }
    var found = [Member(name, summary: kind.summary)]
    func add(_ view: SchemaView, _ path: String, depth: Int) {
      for key in view.keys where found.count < Self.mostPaths {
        var member = key
        member.name = "\(path).\(key.name)"
        found.append(member)
        if depth < Self.deepest, let below = view.view(at: [.key(key.name)])?.view {
          add(below, member.name, depth: depth + 1)
        }
      }
    }
    add(SchemaView(kind.settingsSchema), name, depth: 1)
    return found
  }

  private static let mostPaths = 400
  private static let deepest = 4

  private func member(ofKind kind: any Stage.Type, at path: [Step]) -> Member? {
    path.count == 3 ? Member(kind.kind, summary: kind.summary) : nil
  }

  /// What is to be said about the key that a path ends with; `nil` for names that people give.
  func member(at path: [Step]) -> Member? {
    if let found = settings(at: path) { return found.member }
    let stage = path.first == .key("stages")
    switch (stage, path.count, path.last?.key) {
    case (false, 1, let key?): return Self.topMembers.first { $0.name == key }
    case (true, 3, let key?): return Self.linkMembers.first { $0.name == key }
    case (true, _, let key?) where path.count > 3 && path[2] == .key("from"):
      return (Self.pickMembers + Self.referenceMembers).first { $0.name == key }
    case (true, 4, let key?) where path[2] == .key("matrix"):
      return Self.matrixMembers.first { $0.name == key }
    default: return nil
    }
  }
}

extension Stage {
  fileprivate static var settingsSchema: Schema { Settings.schema }
}

extension Role {
  /// What fills the role, such as `a model or a dataset, optional`.
  fileprivate var phrase: String {
    let kinds = accepts.map(\.phrase).joined(separator: " or ")
    return "Takes \(kinds)" + (isRequired ? "." : ", optional.")
  }
}

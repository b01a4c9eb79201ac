internal import Diagnostics
internal import Options
internal import YAML

/// The sections of a file under the names that they have here, as far as others can be told.
///
/// A misspelt `vars` is reported once and read all the same, so that its variables are not reported as
/// missing.
struct FileSections {
  private(set) var entries: [Node.Entry]
  private(set) var problems: [Diagnostic] = []

  /// The sections that unknown keys were meant to be, which are not missing therefore.
  private(set) var meant: Set<String> = []

  private let catalog: Catalog

  init(_ entries: [Node.Entry], catalog: Catalog) {
    self.entries = entries
    self.catalog = catalog
    for (index, entry) in entries.enumerated()
    where !TopKeys.all.contains(entry.key) && !entry.key.hasPrefix("x-") {
      read(entry, at: index)
    }
    hoist()
  }

  private mutating func read(_ entry: Node.Entry, at index: Int) {
    var problem = Diagnostic("unknown key '\(entry.key)'", at: entry.keyRange)
    if catalog[entry.key] != nil {
      meant.insert("stages")
      problem = Diagnostic(
        "'\(entry.key)' is a kind of stage, and stands in none", at: entry.keyRange,
        remedy: "write stages: {\(name(for: entry.key)): {\(entry.key): …}}")
    } else if let section = entry.key.meant(among: TopKeys.all),
      section != "include" || entry.value.mapping == nil
    {
      meant.insert(section)
      problem = problem.adding(remedy: .didYouMean(section))
      if !entries.contains(where: { $0.key == section }), fits(entry.value, section) {
        entries[index].key = section
      }
    } else {
      problem = problem.adding(remedy: Note(place(of: entry)))
    }
    problems.append(
      problem.adding(
        remedy: "allowed here: \(TopKeys.all.joined(separator: ", ")), and 'x-…' for anchors"))
  }

  /// Takes sections out of `stages` that stand among the stages.
  private mutating func hoist() {
    guard let index = entries.firstIndex(where: { $0.key == "stages" }),
      let stages = entries[index].value.mapping
    else { return }
    let misplaced = stages.filter { stage in
      TopKeys.all.contains(stage.key) && !hasKind(stage.value)
    }
    guard !misplaced.isEmpty else { return }
    for section in misplaced {
      problems.append(
        Diagnostic(
          "'\(section.key)' stands beside 'stages', not in it", at: section.keyRange,
          remedy: "indent it as far as 'stages'"))
      if !entries.contains(where: { $0.key == section.key }) { entries.append(section) }
    }
    let places = misplaced.map(\.keyRange)
    entries[index].value.content = .mapping(stages.filter { !places.contains($0.keyRange) })
  }

  private func hasKind(_ node: Node) -> Bool {
    (node.mapping ?? []).contains { catalog[$0.key] != nil || $0.names }
  }

  /// Whether a value can be read as a section.
  private func fits(_ node: Node, _ section: String) -> Bool {
    switch section {
    case "pipeline", "seed": node.scalar != nil && !node.isNull
    case "vars", "profiles", "search": node.mapping != nil
    case "env": node.sequence != nil
    case "stages": (node.mapping ?? []).contains { hasKind($0.value) }
    default: false
    }
  }

  /// Where a key belongs that is no section.
  private func place(of entry: Node.Entry) -> String {
    if hasKind(entry.value) { return "stages stand below 'stages'" }
    if CommonKeys.names.contains(entry.key) || DeclarationReader.links.contains(entry.key) {
      return "write it in a stage, beside its kind"
    }
    if ["version", "apiversion", "schema-version"].contains(entry.key.kebab) {
      return "take it away; the format has no version"
    }
    let owners = catalog.stages.filter { ($0.settingKeys ?? []).contains(entry.key) }
    if let owner = owners.first {
      return "write it in a stage: \(owner.kind): {\(entry.key): \(entry.value.shortText)}"
    }
    return entry.value.mapping?.contains { $0.value.mapping != nil } != true
      ? "take it away, or begin it with 'x-' where it only holds an anchor"
      : "stages stand below 'stages'"
  }

  /// What a stage of a kind may be called.
  private func name(for kind: String) -> String {
    switch catalog[kind]?.output {
    case .dataset: "data"
    case .model: "model"
    case .deployment: "shipped"
    case .files, nil: "files"
    }
  }
}

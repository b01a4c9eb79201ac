internal import Diagnostics
internal import Options
internal import YAML

/// A stage that does not name its kind as stages here do, and what is clear about it all the same: the kind
/// as a value, a command in the words of another program, or settings without the kind around them.
struct ForeignStage {
  private let stage: Node.Entry
  private let place: SourceRange
  private let fact: String
  private let remedy: String

  /// The keys that the remedy speaks of.
  let covered: Set<String>

  /// Fails for a stage that has a kind, or nearly, and where there is no telling.
  init?(_ stage: Node.Entry, catalog: Catalog) {
    guard let members = stage.value.mapping, !members.contains(where: { catalog[$0.key] != nil })
    else { return nil }
    let isNamed = members.contains { member in
      member.value.mapping != nil && member.key.meant(among: catalog.kinds) != nil
    }
    guard !isNamed else { return nil }
    let stranger = Stranger(members, catalog: catalog)
    guard let found = stranger.named ?? stranger.command ?? stranger.bare else { return nil }
    self.stage = stage
    place = found.place ?? stage.keyRange
    fact = found.fact.replacing("STAGE", with: "'\(stage.key)'")
    remedy = found.remedy
    covered = found.covered
  }

  var problem: Diagnostic { Diagnostic(fact, at: place, remedy: Note(remedy)) }
}

/// The members of a stage without a kind.
private struct Stranger {
  private let members: [Node.Entry]
  private let catalog: Catalog

  struct Found {
    var place: SourceRange?
    let fact: String
    let remedy: String
    let covered: Set<String>
  }

  init(_ members: [Node.Entry], catalog: Catalog) {
    self.members = members
    self.catalog = catalog
  }

  /// `kind: load`.
  var named: Found? {
    let naming = ["uses", "stage", "step", "op", "operator", "task", "action", "module"]
    for member in members where member.names || naming.contains(member.key.kebab) {
      guard let text = member.value.scalar?.text, let kind = text.meant(among: catalog.kinds),
        let type = catalog[kind]
      else { continue }
      let keys = type.settingKeys ?? []
      let holders = ["with", "args", "params", "config", "settings", "options", "parameters"]
      let holder = members.first { holders.contains($0.key) && $0.value.mapping != nil }
      let settings = members.filter { keys.contains($0.key) } + (holder?.value.mapping ?? [])
      return Found(
        place: member.keyRange, fact: "a stage's kind is a key, and no value of '\(member.key)'",
        remedy: "write \(kind): \(Self.written(settings))",
        covered: Set(settings.map(\.key) + [member.key, holder?.key ?? member.key]))
    }
    return nil
  }

  /// `cmd`, `deps` and `outs`, as DVC has them.
  var command: Found? {
    guard let type = catalog["command"], let keys = type.settingKeys else { return nil }
    let run = members.filter {
      ForeignNames.meanings(of: $0.key).contains("run") || $0.key == "run"
    }
    guard !run.isEmpty else { return nil }
    var settings: [Node.Entry] = []
    for member in members {
      // Where nothing else says what to run, `shell` holds the line and no name of a shell.
      let isLine = member.keyRange == run[0].keyRange
      let meanings = isLine ? ["run"] : [member.key] + ForeignNames.meanings(of: member.key)
      guard let key = meanings.first(where: keys.contains),
        !settings.contains(where: { $0.key == key })
      else { continue }
      settings.append(
        Node.Entry(key: key, keyRange: member.keyRange, value: Self.fitting(member.value, key)))
    }
    let isOfLines = run[0].value.sequence?.contains { $0.scalar?.text.contains(" ") ?? false }
    let others = ["params", "metrics", "plots", "wdir", "frozen", "always_changed", "desc", "vars"]
    return Found(
      place: run[0].keyRange, fact: "stage STAGE does not name its kind, which is 'command'",
      remedy: "write command: \(Self.written(settings))"
        + (isOfLines == true ? ", with several lines as one text" : ""),
      covered: Set(
        settings.map(\.keyRange).compactMap { place in
          members.first { $0.keyRange == place }?.key
        } + others))
  }

  /// Settings that belong to one kind alone.
  var bare: Found? {
    let own = members.filter { !(CommonKeys.names + DeclarationReader.links).contains($0.key) }
    let fitting = catalog.stages.filter { type in
      !own.isEmpty && own.allSatisfy { (type.settingKeys ?? []).contains($0.key) }
    }
    guard let type = fitting.first, fitting.count == 1,
      own.count > 1 || own[0].value.mapping == nil
    else { return nil }
    return Found(
      fact: "stage STAGE does not say what it does",
      remedy: "write \(type.kind): \(Self.written(own))", covered: Set(own.map(\.key)))
  }

  /// What stands for a value of a command: its files as a list, its lines as one text.
  private static func fitting(_ value: Node, _ key: String) -> Node {
    if key != "run" {
      return value.scalar == nil ? value : Node(.sequence([value]), at: value.range)
    }
    return value.sequence == nil ? value : Node(.mapping([]), at: value.range)
  }

  private static func written(_ settings: [Node.Entry]) -> String {
    let shown = settings.prefix(4).map { "\($0.key): \($0.value.shortText)" }
    return "{\(shown.joined(separator: ", "))\(settings.isEmpty || settings.count > 4 ? "…" : "")}"
  }
}

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
    guard let members = stage.value.mapping else { return nil }
    let stranger = Stranger(members, catalog: catalog)
    let hasKind = members.contains { catalog[$0.key] != nil }
    let isNamed = members.contains { member in
      member.value.mapping != nil && member.key.meant(among: catalog.kinds) != nil
    }
    guard
      let found =
        hasKind
        ? stranger.spread
        : isNamed ? nil : stranger.named ?? stranger.repeated ?? stranger.command ?? stranger.bare
    else { return nil }
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

  /// `command: make-it` and, beside it, `outputs: [x]`.
  var spread: Found? {
    let kinds = members.filter { catalog[$0.key] != nil }
    guard kinds.count == 1, let kind = catalog[kinds[0].key], kinds[0].value.scalar != nil,
      !kinds[0].value.isNull, let first = Self.firstKeys[kind.kind]
    else { return nil }
    let keys = kind.settingKeys ?? []
    let common = CommonKeys.names + DeclarationReader.links
    let beside = members.filter { keys.contains($0.key) && !common.contains($0.key) }
    guard !beside.isEmpty, !beside.contains(where: { $0.key == first }) else { return nil }
    let whole =
      [Node.Entry(key: first, keyRange: kinds[0].keyRange, value: kinds[0].value)] + beside
    return Found(
      place: beside[0].keyRange,
      fact: "'\(beside[0].key)' belongs under '\(kind.kind)', beside '\(first)'",
      remedy: "write \(kind.kind): \(Self.written(whole))", covered: Set(beside.map(\.key)))
  }

  /// What a text in place of a kind's settings is taken for.
  private static let firstKeys = [
    "command": "run", "load": "csv", "train": "model", "distill": "student",
  ]

  /// `foreach: [a, b]` and `do: {cmd: …}`, as DVC has them.
  var repeated: Found? {
    guard let values = members.first(where: { $0.key == "foreach" }),
      let body = members.first(where: { $0.key == "do" })
    else { return nil }
    return Found(
      place: values.keyRange, fact: "stage STAGE is repeated in the words of another program",
      remedy: "write matrix: {item: \(values.value.shortText)} and command: {run: …}, with "
        + "${matrix.item} for what is repeated", covered: [values.key, body.key])
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

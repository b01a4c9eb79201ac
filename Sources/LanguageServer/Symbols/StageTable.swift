internal import YAML

/// The stages that some files define, by name, and what they read from.
struct StageTable {
  private(set) var entries: [String: Node.Entry] = [:]

  /// In the order of the files.
  private(set) var names: [String] = []

  init(_ outlines: some Sequence<FileOutline>) {
    for stage in outlines.flatMap(\.stages) where entries[stage.key] == nil {
      entries[stage.key] = stage
      names.append(stage.key)
    }
  }

  /// The stages that a stage names in its `from`.
  func upstream(of stage: String) -> [String] {
    entries[stage]?.value["from"].map { Self.stages(in: $0) } ?? []
  }

  private static func stages(in from: Node) -> [String] {
    if let elements = from.sequence { return elements.flatMap { stages(in: $0) } }
    if let entries = from.mapping {
      if let picked = from["stage"] { return stages(in: picked) }
      return from["pick"] == nil ? entries.flatMap { stages(in: $0.value) } : []
    }
    return (from.scalar?.text).map { [String($0.prefix { $0 != "@" })] } ?? []
  }

  /// A stage and all that it depends on, nearer ones first.
  func line(from stage: String) -> [String] { reached(from: stage) { upstream(of: $0) } }

  /// The stages that a stage could read from: all but itself and those that depend on it.
  func candidates(for stage: String) -> [String] {
    var readers: [String: [String]] = [:]
    for name in names {
      for other in upstream(of: name) { readers[other, default: []].append(name) }
    }
    let behind = Set(reached(from: stage) { readers[$0] ?? [] })
    return names.filter { !behind.contains($0) }
  }

  private func reached(from stage: String, _ next: (String) -> [String]) -> [String] {
    var found = [stage]
    var seen: Set<String> = [stage]
    var position = 0
    while position < found.count {
      found += next(found[position]).filter { seen.insert($0).inserted }
      position += 1
    }
    return found
  }

  /// The names that a matrix gives a stage: its own, and those of the stages that it reads from.
  func matrixNames(of stage: String) -> [(name: String, stage: String, values: Node)] {
    var seen: Set<String> = []
    return line(from: stage).flatMap { owner in
      (entries[owner]?.value["matrix"]?.mapping ?? [])
        .filter { $0.key != "include" && $0.key != "exclude" && seen.insert($0.key).inserted }
        .map { ($0.key, owner, $0.value) }
    }
  }
}

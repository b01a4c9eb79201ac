internal import Diagnostics
internal import YAML

/// The tops of several files as one, the later winning over the earlier.
struct MergedFiles {
  private let files: [Node]
  private(set) var root: Node

  /// - Parameters:
  ///   - parts: the included files, each after those that it includes itself.
  ///   - main: the pipeline's own file, whose name and `x-…` keys alone are kept.
  init(_ parts: [Node], into main: Node, problems: inout Diagnostics) {
    files = parts + [main]
    root = main
    let shared = ["seed", "numerics", "vars", "env", "profiles", "search", "stages"]
    let own = (main.mapping ?? []).filter { !shared.contains($0.key) }
    let merged = shared.compactMap { section($0, &problems) }
    root.content = .mapping(own + merged)
  }

  /// What the files say under a key, as one.
  private func section(_ key: String, _ problems: inout Diagnostics) -> Node.Entry? {
    let found = files.compactMap { $0.entry(key) }
    let wrong = found.compactMap { TopKeys.problem(withFormOf: key, $0.value) }
    problems.add(contentsOf: wrong)
    let usable = found.filter { TopKeys.problem(withFormOf: key, $0.value) == nil }
    guard var entry = usable.last else { return nil }
    let values = usable.map(\.value)
    switch key {
    case "vars", "search":
      entry.value.content = .mapping(Self.later(values.flatMap { $0.mapping ?? [] }))
    case "env": entry.value.content = .sequence(values.flatMap { $0.sequence ?? [] })
    case "profiles":
      entry.value.content = .mapping(profiles(values.flatMap { $0.mapping ?? [] }))
    case "stages":
      entry.value.content = .mapping(stages(values.flatMap { $0.mapping ?? [] }, &problems))
    default: break
    }
    return entry
  }

  /// One entry for each key, the last one, where the first one stood.
  private static func later(_ entries: [Node.Entry]) -> [Node.Entry] {
    var positions: [String: Int] = [:]
    var merged: [Node.Entry] = []
    for entry in entries {
      if let position = positions[entry.key] {
        merged[position] = entry
      } else {
        positions[entry.key] = merged.count
        merged.append(entry)
      }
    }
    return merged
  }

  /// Profiles of one name together, their changes in the order of the files.
  private func profiles(_ entries: [Node.Entry]) -> [Node.Entry] {
    var merged: [Node.Entry] = []
    for entry in entries {
      guard let position = merged.firstIndex(where: { $0.key == entry.key }),
        let earlier = merged[position].value.mapping, let later = entry.value.mapping
      else {
        merged.append(entry)
        continue
      }
      let kept = earlier.filter { change in !later.contains { $0.key == change.key } }
      merged[position] = entry
      merged[position].value.content = .mapping(kept + later)
    }
    return merged
  }

  /// All stages; a name that two files use is a mistake, because stages cannot be told apart by file.
  private func stages(
    _ entries: [Node.Entry], _ problems: inout Diagnostics
  ) -> [Node.Entry] {
    var places: [String: SourceRange] = [:]
    return entries.filter { entry in
      guard let first = places[entry.key] else {
        places[entry.key] = entry.keyRange
        return true
      }
      problems.add(
        Diagnostic(
          "stage '\(entry.key)' is defined twice", at: entry.keyRange,
          remedy: "rename one of them, or change single values with variables or a profile",
          notes: [Note("the first one is here", at: first)]))
      return false
    }
  }
}

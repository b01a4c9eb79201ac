internal import Diagnostics
internal import YAML

extension Node {
  /// Puts an override's value where its path leads, making mappings where there are none yet.
  ///
  /// The names of variables and stages have to be there, so that a misspelt one is not passed over.
  mutating func apply(_ override: Override) throws(Diagnostics) {
    do throws(Diagnostic) {
      try set(override.path[...], to: override.value, above: [])
    } catch {
      throw Diagnostics(error)
    }
  }

  private mutating func set(
    _ path: ArraySlice<Override.Step>, to value: Node, above: [String]
  ) throws(Diagnostic) {
    guard let step = path.first else {
      self = value
      return
    }
    let rest = path.dropFirst()
    let here = above + [step.name]
    switch content {
    case .mapping(var entries):
      if let index = entries.firstIndex(where: { $0.key == step.name }) {
        try entries[index].value.set(rest, to: value, above: here)
      } else {
        try Self.requireMember(step, of: entries, above: above)
        var added = Node(.mapping([]), at: value.range)
        try added.set(rest, to: value, above: here)
        entries.append(Entry(key: step.name, keyRange: step.range, value: added))
      }
      content = .mapping(entries)
    case .sequence(var elements):
      let index = try Self.position(step, in: elements.count, above: above)
      try elements[index].set(rest, to: value, above: here)
      content = .sequence(elements)
    case .scalar where isNull:
      content = .mapping([])
      try set(path, to: value, above: above)
    case .scalar(let scalar) where scalar.text == step.name && !rest.isEmpty:
      // A choice by its bare name, whose settings begin here.
      content = .mapping([])
      try set(path, to: value, above: above)
    case .scalar(let scalar):
      throw Diagnostic(
        "'\(above.joined(separator: "."))' is '\(scalar.text)', which has no part '\(step.name)'",
        at: step.range, notes: [Note("it is written here", at: range)])
    }
  }

  private static func requireMember(
    _ step: Override.Step, of entries: [Entry], above: [String]
  ) throws(Diagnostic) {
    let noun: String
    switch above {
    case ["vars"]: noun = "variable"
    case ["stages"]: noun = "stage"
    default: return
    }
    let names = entries.map(\.key)
    let remedy: Note =
      nearestName(to: step.name, in: names).map { .didYouMean($0) }
      ?? (names.isEmpty
        ? "the pipeline has none; declare it under '\(above[0])'"
        : "there are \(names.sorted().shortened().joined(separator: ", "))")
    throw Diagnostic(
      "there is no \(noun) '\(step.name)' to set", at: step.range, remedy: remedy)
  }

  private static func position(
    _ step: Override.Step, in count: Int, above: [String]
  ) throws(Diagnostic) -> Int {
    guard let index = Int(step.name), (0..<count).contains(index) else {
      throw Diagnostic(
        "'\(above.joined(separator: "."))' is a list of \(count), which has no part '\(step.name)'",
        at: step.range,
        remedy: count == 0 ? "set the whole list" : "name a position from 0 to \(count - 1)")
    }
    return index
  }
}

internal import Diagnostics
internal import YAML

/// The keys that the top of a file may have. Others may begin with `x-` to hold anchors.
enum TopKeys {
  static let all = [
    "pipeline", "include", "seed", "numerics", "vars", "env", "profiles", "stages",
  ]

  /// The keys that are read before anything is set from outside.
  static let early = ["include", "profiles"]

  /// What is wrong with the keys of one file.
  static func problems(in entries: [Node.Entry], catalog: Catalog) -> [Diagnostic] {
    entries.filter { !all.contains($0.key) && !$0.key.hasPrefix("x-") }.map { entry in
      let near = nearestName(to: entry.key, in: all)
      let isStage = catalog[entry.key] != nil || entry.value.mapping != nil
      return Diagnostic(
        "unknown key '\(entry.key)'", at: entry.keyRange,
        remedy: near.map { .didYouMean($0) }
          ?? (isStage ? "stages stand below 'stages'" : "remove it"),
        "allowed here: \(all.joined(separator: ", ")), and 'x-…' for anchors")
    }
  }

  /// What is wrong with a section that is of another form; an empty one is fine.
  static func problem(withFormOf key: String, _ node: Node) -> Diagnostic? {
    if node.isNull { return nil }
    switch key {
    case "vars" where node.mapping == nil:
      return Diagnostic(
        "'vars' takes a mapping", at: node.range, remedy: "write it as vars: {epochs: 10}")
    case "env" where node.sequence == nil:
      return Diagnostic(
        "'env' takes a list of names", at: node.range, remedy: "write it as [HOME]")
    case "stages" where node.mapping == nil:
      return Diagnostic("'stages' takes a mapping", at: node.range, remedy: stagesExample)
    case "profiles" where node.mapping == nil:
      return Diagnostic(
        "'profiles' takes a mapping", at: node.range,
        remedy: "write it as profiles: {quick: {vars.epochs: 2}}")
    default: return nil
    }
  }

  static let stagesExample = "write it as stages: {digits: {load: {csv: data/digits.csv}}}"
}

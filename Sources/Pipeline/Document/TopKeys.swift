internal import Diagnostics
internal import YAML

/// The keys that the top of a file may have. Others may begin with `x-` to hold anchors.
enum TopKeys {
  static let all = [
    "pipeline", "include", "seed", "numerics", "track", "vars", "env", "profiles", "search",
    "stages",
  ]

  /// The keys that are read before anything is set from outside.
  static let early = ["include", "profiles", "search"]

  /// What is wrong with a section that is of another form; an empty one is fine.
  static func problem(withFormOf key: String, _ node: Node) -> Diagnostic? {
    if node.isNull { return nil }
    let isListOfMappings =
      node.sequence.map { !$0.isEmpty && $0.allSatisfy { $0.mapping != nil } } ?? false
    switch key {
    case "vars" where node.mapping == nil:
      return Diagnostic(
        "'vars' takes a mapping", at: node.range,
        remedy: isListOfMappings
          ? "take the '- ' before each name away" : variablesRemedy(for: node))
    case "env" where node.sequence == nil:
      let names = (node.mapping ?? []).map(\.key)
      let example = names.isEmpty ? node.scalar?.text ?? "HOME" : names.joined(separator: ", ")
      return Diagnostic(
        "'env' takes a list of names", at: node.range,
        remedy: "write it as [\(example)]; values of your own stand under 'vars'")
    case "stages" where node.mapping == nil:
      return Diagnostic(
        "'stages' takes a mapping", at: node.range,
        remedy: stagesRemedy(for: node))
    case "search" where node.mapping == nil:
      return Diagnostic(
        "'search' takes searches by their names", at: node.range,
        remedy: isListOfMappings
          ? "take the '- ' before each name away"
          : "write it as search: {best: {maximize: teacher.validation.accuracy, over: {…}}}")
    case "profiles" where node.mapping == nil:
      return Diagnostic(
        "'profiles' takes a mapping", at: node.range,
        remedy: isListOfMappings
          ? "take the '- ' before each name away"
          : "write it as profiles: {quick: {vars.epochs: 2}}")
    default: return nil
    }
  }

  private static func variablesRemedy(for node: Node) -> String {
    let file = (node.scalar ?? node.sequence?.first?.scalar)?.text ?? ""
    return [".yaml", ".yml"].contains(where: file.hasSuffix)
      ? "write include: \(file) at the top of the file; what is below 'vars' there counts here too"
      : "write it as vars: {epochs: 10}"
  }

  private static func stagesRemedy(for node: Node) -> String {
    let elements = node.sequence ?? []
    let names = elements.compactMap { $0.mapping?.first }
    guard let first = names.first else { return stagesExample }
    if elements.allSatisfy({ $0.mapping?.count == 1 && $0.mapping?[0].value.mapping != nil }) {
      return "take the '- ' before each name away"
    }
    let name = first.key == "name" ? first.value.scalar?.text ?? "NAME" : "NAME"
    return "give each stage a name in place of the '-': stages: {\(name): {…}}"
  }

  static let stagesExample = "write it as stages: {digits: {load: {csv: data/digits.csv}}}"
}

internal import Dataset
package import Diagnostics
internal import Options
package import YAML

extension Load.SplitSettings {
  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    let problems =
      nameProblems(settings, node) + ruleProblems(settings, node) + timeProblems(settings, node)
      + foldProblems(settings, node)
    return problems.isEmpty ? sumProblems(settings, node) : problems
  }

  private static func nameProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
    let names = SplitName.allCases.map(\.rawValue)
    return settings.files.keys.sorted().filter { !names.contains($0) }.map { name in
      Diagnostic(
        "'\(name)' is no split", at: node["files"]?.range ?? node.range,
        remedy: "splits are \(names.joined(separator: ", "))")
    }
  }

  private static func ruleProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
    let rules = [settings.isDealing, settings.column != nil, !settings.files.isEmpty].count { $0 }
    guard rules > 1 else { return [] }
    return [
      Diagnostic(
        "rows are split by more than one rule", at: node.range,
        remedy: "give fractions, or 'folds', or 'column', or 'files'")
    ]
  }

  private static func timeProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard settings.time != nil else {
      guard settings.gap != nil else { return [] }
      return [
        Diagnostic(
          "a gap is one in time, and no column tells the time", at: (node["gap"] ?? node).range,
          remedy: "add 'time: COLUMN', or remove 'gap'")
      ]
    }
    var others: [String] = []
    if settings.stratify { others.append("stratify") }
    if settings.group != nil { others.append("group") }
    return others.map { key in
      Diagnostic(
        "rows that are split in the order of time cannot be split by '\(key)' too",
        at: (node[key] ?? node).range, remedy: "remove '\(key)', or 'time'")
    }
  }

  private static func foldProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard let folds = settings.folds else {
      guard settings.fold != nil else { return [] }
      return [
        Diagnostic(
          "it is not said how many folds there are", at: (node["fold"] ?? node).range,
          remedy: "add 'folds: 5'")
      ]
    }
    var problems = [("train", settings.train), ("test", settings.test)].filter { $0.1 != nil }
      .map { key, _ in
        Diagnostic(
          "folds say which rows are tested on, so that '\(key)' has no share to take",
          at: (node[key] ?? node).range, remedy: "remove '\(key)'")
      }
    if let validation = settings.validation, validation.double >= 1 {
      problems.append(
        Diagnostic("the training split is empty", at: (node["validation"] ?? node).range))
    }
    guard let fold = settings.fold else {
      let all = (1...min(folds, 10)).map(String.init).joined(separator: ", ")
      problems.append(
        Diagnostic(
          "it is not said which of the \(folds) folds is tested on",
          at: (node["folds"] ?? node).range,
          remedy:
            "add 'fold: ${matrix.fold}', and to the stage 'matrix: {fold: [\(all)\(folds > 10 ? ", …" : "")]}'"
        ))
      return problems
    }
    if fold > folds {
      problems.append(
        Diagnostic(
          "there is no fold \(fold): they are 1 to \(folds)", at: (node["fold"] ?? node).range,
          remedy: "name a fold that there is, or set 'folds: \(fold)'"))
    }
    return problems
  }

  private static func sumProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard case .fractions(let fractions)? = settings.rule else { return [] }
    let sum = fractions.train + fractions.validation + fractions.test
    if abs(sum - 1) > 1e-9 {
      let percent = (sum * 1000).rounded() / 10
      return [
        Diagnostic(
          "the splits add up to \(percent)%", at: node.range, remedy: "make them add up to 100%")
      ]
    }
    if fractions.train == 0 {
      return [Diagnostic("the training split is empty", at: node.range)]
    }
    return []
  }
}

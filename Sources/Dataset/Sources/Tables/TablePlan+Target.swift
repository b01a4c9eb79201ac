internal import Diagnostics

extension TablePlan {
  /// What is learnt, once the columns were looked at; nil where nothing is.
  func target(_ surveys: [Int: ColumnSurvey]) throws(Diagnostic) -> Target? {
    let names = targetColumns.map { header.names[$0] }
    guard let first = names.first else { return nil }
    if let list = targetColumns.first(where: labels.contains) { return try listTarget(list) }
    guard names.count > 1 else {
      let surveyed = surveys[targetColumns[0]].map { TargetChoice($0).task }
      let task = selection.task ?? surveyed ?? .classification
      return task == .multiLabel && selection.separator == nil && areIndicators(surveys)
        ? Target(name: first, task: task, classes: names, columns: names)
        : Target(name: first, task: task, separator: selection.separator)
    }
    var task = selection.task
    if task == nil { task = try severalTask(surveys) }
    guard task != .classification else {
      throw header.problem(
        "'target' names \(names.count) columns, and a class is told by one",
        remedy: "write 'task: multi-label' for columns of 0 and 1, or name one column")
    }
    return Target(
      name: Target.name(ofColumns: names), task: task ?? .regression,
      classes: task == .multiLabel ? names : [], columns: names)
  }

  /// What is learnt of a column of lists.
  private func listTarget(_ column: Int) throws(Diagnostic) -> Target {
    let name = header.names[column]
    guard targetColumns.count == 1, selection.task ?? .multiLabel == .multiLabel else {
      throw header.problem(
        "the column '\(name)' holds lists of labels, which are predicted by themselves",
        remedy: "write 'target: \(name)' and 'task: multi-label'")
    }
    guard selection.separator == nil else {
      throw header.problem(
        "the column '\(name)' holds lists of labels, which need nothing between them",
        remedy: "remove 'separator'")
    }
    return Target(name: name, task: .multiLabel, separator: Target.listSeparator)
  }

  /// Whether the columns are surveyed and tell of each row whether it has a label.
  private func areIndicators(_ surveys: [Int: ColumnSurvey]) -> Bool {
    targetColumns.allSatisfy { surveys[$0]?.holdsIndicators ?? false }
  }

  /// What several columns are for: labels where all of them hold 0 and 1, or words such as true and false;
  /// else values.
  private func severalTask(_ surveys: [Int: ColumnSurvey]) throws(Diagnostic) -> Target.Task {
    if areIndicators(surveys) { return .multiLabel }
    if let column = targetColumns.first(where: { surveys[$0].map { $0.kind != .number } ?? false })
    {
      let example = surveys[column]?.examples.first.map { ", such as '\($0)'" } ?? ""
      throw header.problem(
        "the column '\(header.names[column])' of several to predict holds no numbers\(example)",
        remedy: "name columns of numbers, or of 0 and 1 alone, or a single column")
    }
    return .regression
  }

  /// What was decided of the target because nobody said it, with how to say it.
  func decisions(_ surveys: [Int: ColumnSurvey]) -> [String] {
    guard selection.task == nil, let first = targetColumns.first, !labels.contains(first) else {
      return []
    }
    let names = targetColumns.map { header.names[$0] }
    if names.count > 1 {
      let all = Target.name(ofColumns: names)
      return areIndicators(surveys)
        ? [
          "the targets \(all) say of each row whether it has a label, and are taken for labels; 'task: "
            + "regression' takes them for amounts"
        ] : ["the targets \(all) are taken for amounts, which are predicted together"]
    }
    return surveys[first].flatMap { TargetChoice($0).words(names[0], $0) }.map { [$0] } ?? []
  }
}

extension ColumnSurvey {
  /// Whether every value is 0 or 1, or says yes or no.
  var holdsIndicators: Bool {
    guard present > 0, texts == 0 || numbers == 0 else { return false }
    return texts == 0
      ? distinct.isSubset(of: [0, 1])
      : !indicatorTexts.isEmpty && indicatorTexts.allSatisfy { Indicator($0) != nil }
  }

  /// The different texts, as far as they may be indicators; none where there are too many.
  private var indicatorTexts: Set<String> {
    let all = sightings.values.reduce(into: Set<String>()) { $0.formUnion($1.texts) }
    return all.count <= 6 ? all : []
  }
}

/// Whether a row has a label, as a cell of the label's own column says it.
struct Indicator {
  let isSet: Bool

  /// Fails for what says neither yes nor no.
  init?(_ text: String) {
    switch text.lowercased() {
    case "1", "true", "yes", "t", "y", "1.0": isSet = true
    case "0", "false", "no", "f", "n", "0.0": isSet = false
    default: return nil
    }
  }

  init?(_ entry: CodeColumn.Entry) {
    if case .number(let number) = entry.cell, number == 0 || number == 1 {
      isSet = number == 1
    } else if let text = entry.text, let own = Indicator(text) {
      self = own
    } else {
      return nil
    }
  }
}

package import Diagnostics
package import Options
package import YAML

/// The settings that a search varies, each after those that its conditions name.
package struct SearchSpace: OptionValue {
  /// A setting with the places of what is said about it.
  package struct Entry: Sendable {
    package let parameter: SearchParameter
    let written: Node.Entry

    /// The values at whose places the pipeline is checked: the choices, or the ends of the range.
    let probes: [Node]
  }

  package private(set) var entries: [Entry] = []

  package init() {}

  package var parameters: [SearchParameter] { entries.map(\.parameter) }

  package static func == (left: Self, right: Self) -> Bool { left.parameters == right.parameters }

  package static var schema: Schema { .map(SearchRange.schema) }

  package var value: Value {
    .object(Dictionary(entries.map { ($0.parameter.path, $0.written.value.value) }) { $1 })
  }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> SearchSpace? {
    guard let written = node.mapping, !written.isEmpty else {
      problems.add(
        Diagnostic(
          "'over' takes settings by their paths", at: node.range,
          remedy:
            "write it as over: {vars.width: [8, 16], stages.teacher.train.epochs: {from: 2, to: 9}}"
        ))
      return nil
    }
    let before = problems.count
    var entries: [Entry] = []
    for entry in written {
      if let read = SearchEntryReader(entry, among: written).read(&problems) {
        entries.append(read)
      }
    }
    guard problems.count == before else { return nil }
    var space = SearchSpace()
    space.entries = ordered(entries, &problems)
    return problems.count == before ? space : nil
  }

  /// The settings with those first that conditions name, otherwise in the order of the file.
  private static func ordered(_ entries: [Entry], _ problems: inout Diagnostics) -> [Entry] {
    var (left, order) = (entries, [Entry]())
    while !left.isEmpty {
      let done = Set(order.map(\.parameter.path))
      guard
        let next = left.firstIndex(where: { entry in
          entry.parameter.conditions.allSatisfy { done.contains($0.path) }
        })
      else {
        let names = left.map { "'\($0.parameter.path)'" }.joined(separator: " and ")
        problems.add(
          Diagnostic(
            "the conditions of \(names) lead in a circle", at: left[0].written.keyRange,
            remedy: "take one 'when' away"))
        return order
      }
      order.append(left.remove(at: next))
    }
    return order
  }
}

/// Reads what a search says of one setting.
private struct SearchEntryReader {
  private let entry: Node.Entry
  private let siblings: [Node.Entry]

  init(_ entry: Node.Entry, among siblings: [Node.Entry]) {
    self.entry = entry
    self.siblings = siblings
  }

  func read(_ problems: inout Diagnostics) -> SearchSpace.Entry? {
    do throws(Diagnostics) { _ = try Override(entry) } catch {
      problems.add(contentsOf: error.all)
      return nil
    }
    let node = entry.value
    if let choices = node.sequence { return choose(choices, [], &problems) }
    guard node.mapping != nil else {
      let text = node.isNull ? "…" : node.scalar?.text ?? "…"
      problems.add(
        Diagnostic(
          "a setting is searched over a range or a list of choices", at: node.range,
          remedy: "write [\(text), …] or {from: …, to: …}"))
      return nil
    }
    let before = problems.count
    let range = SearchRange.decode(node, into: &problems)
    guard let range, problems.count == before else { return nil }
    let conditions = range.when.map { readConditions($0.node, &problems) } ?? []
    guard problems.count == before else { return nil }
    if let choices = range.choices {
      for key in ["from", "to", "step", "log", "points"] {
        guard let other = node.entry(key) else { continue }
        problems.add(
          Diagnostic(
            "'\(key)' says nothing beside 'choices'", at: other.keyRange,
            remedy: "keep one of the two"))
      }
      guard problems.count == before else { return nil }
      guard let list = choices.node.sequence else {
        problems.add(
          Diagnostic(
            "'choices' takes a list", at: choices.node.range, remedy: "write choices: [a, b]"))
        return nil
      }
      return choose(list, conditions, &problems)
    }
    return numbers(range, conditions, &problems)
  }

  private func choose(
    _ choices: [Node], _ conditions: [SearchParameter.Condition], _ problems: inout Diagnostics
  ) -> SearchSpace.Entry? {
    guard !choices.isEmpty else {
      problems.add(
        Diagnostic(
          "there is nothing to choose from", at: entry.value.range,
          remedy: "write the values that are to be tried: [a, b]"))
      return nil
    }
    for (index, choice) in choices.enumerated()
    where choices[..<index].contains(where: { $0.value == choice.value }) {
      problems.add(
        Diagnostic(
          "the same choice stands here twice", at: choice.range, remedy: "take one away"))
      return nil
    }
    return SearchSpace.Entry(
      parameter: SearchParameter(
        path: entry.key, domain: .choices(choices.map(\.value)), conditions: conditions),
      written: entry, probes: choices)
  }

  private func numbers(
    _ range: SearchRange, _ conditions: [SearchParameter.Condition], _ problems: inout Diagnostics
  ) -> SearchSpace.Entry? {
    let node = entry.value
    guard let lower = range.from, let upper = range.to else {
      problems.add(
        Diagnostic(
          "the range has no \(range.from == nil ? "'from'" : "'to'")", at: node.range,
          remedy: "write {from: …, to: …}, or a list of choices"))
      return nil
    }
    let place = { (key: String) in node[key]?.range ?? node.range }
    var found: [Diagnostic] = []
    if lower.number >= upper.number {
      found.append(
        Diagnostic(
          "the range from \(text("from")) to \(text("to")) is empty", at: place("to"),
          remedy: "let 'to' be larger than 'from'"))
    }
    if range.log, lower.number <= 0 {
      found.append(
        Diagnostic(
          "'from' is \(text("from")), and only numbers above 0 have a logarithm", at: place("from"),
          remedy: "write a small number such as 1e-5, or take 'log' away"))
    }
    let isWhole = lower.isWhole && upper.isWhole && range.step?.isWhole ?? true
    if let step = range.step {
      if step.number <= 0 || step.number > upper.number - lower.number {
        found.append(
          Diagnostic(
            "a step of \(text("step")) leads nowhere from \(text("from")) to \(text("to"))",
            at: place("step"), remedy: "write a step above 0 that is no longer than the range"))
      }
      if range.log {
        found.append(
          Diagnostic(
            "'step' counts differences and 'log' factors", at: place("step"),
            remedy: "keep one of the two, or write a list of choices"))
      }
    }
    problems.add(contentsOf: found)
    guard found.isEmpty else { return nil }
    let domain = SearchDomain.Numbers(
      lower: lower.number, upper: upper.number,
      step: range.step?.number ?? (isWhole ? 1 : nil), isLogarithmic: range.log, isWhole: isWhole,
      points: range.points)
    return SearchSpace.Entry(
      parameter: SearchParameter(
        path: entry.key, domain: .numbers(domain), conditions: conditions),
      written: entry, probes: [node["from"], node["to"]].compactMap { $0.map(plain) })
  }

  private func text(_ key: String) -> String { entry.value[key]?.scalar?.text ?? "" }

  /// The number as trials write it, `0.7` for `70%`, where it stands.
  private func plain(_ node: Node) -> Node {
    var problems = Diagnostics()
    let number = SearchNumber.decode(node, into: &problems)
    return number.map { Node(value: $0.value, at: node.range) } ?? node
  }

  private func readConditions(
    _ node: Node, _ problems: inout Diagnostics
  ) -> [SearchParameter.Condition] {
    guard let entries = node.mapping, !entries.isEmpty else {
      problems.add(
        Diagnostic(
          "'when' takes settings of the search with their values", at: node.range,
          remedy: "write it as when: {stages.teacher.train.optimizer: sgd}"))
      return []
    }
    return entries.compactMap { wanted in
      let names = siblings.map(\.key).filter { $0 != entry.key }
      guard let other = siblings.first(where: { $0.key == wanted.key }), wanted.key != entry.key
      else {
        let near = nearestName(to: wanted.key, in: names)
        problems.add(
          Diagnostic(
            "'\(wanted.key)' is no other setting of this search", at: wanted.keyRange,
            remedy: near.map { .didYouMean($0) } ?? "name one that stands under 'over' too"))
        return nil
      }
      let values = wanted.value.sequence ?? [wanted.value]
      guard let choices = other.value.sequence ?? other.value["choices"]?.sequence else {
        problems.add(
          Diagnostic(
            "'\(wanted.key)' has no choices that a condition could ask for", at: wanted.keyRange,
            remedy: "write what it is as a list: [a, b]"))
        return nil
      }
      for value in values {
        let condition = SearchParameter.Condition(path: wanted.key, values: [value.value])
        guard !choices.contains(where: { condition.holds(for: $0.value) }) else { continue }
        let named = choices.compactMap { $0.scalar?.text ?? $0.mapping?.first?.key }
        let near = nearestName(to: value.scalar?.text ?? "", in: named)
        problems.add(
          Diagnostic(
            "'\(wanted.key)' is never \(value.scalar.map { "'\($0.text)'" } ?? "that") in this search",
            at: value.range,
            remedy: near.map { .didYouMean($0) }
              ?? "its choices are \(named.joined(separator: ", "))"))
      }
      return SearchParameter.Condition(path: wanted.key, values: values.map(\.value))
    }
  }
}

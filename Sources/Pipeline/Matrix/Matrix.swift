package import Diagnostics
internal import Options
package import YAML

/// What `matrix` says: one instance of the stage for each combination of values.
package struct Matrix: Hashable, Sendable {
  package struct Axis: Hashable, Sendable {
    package let name: String
    package let nameRange: SourceRange
    package let values: [Node]
  }

  package let axes: [Axis]
  let exclude: [Node]
  let include: [Node]
  package let range: SourceRange

  static let example = "write it as matrix: {depth: [20, 32]}"

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Matrix? {
    guard let entries = node.mapping else {
      problems.add(
        Diagnostic(
          "'matrix' takes a mapping of names to lists", at: node.range, remedy: remedy(for: node)))
      return nil
    }
    let before = problems.all.count
    var axes: [Axis] = []
    for entry in entries where entry.key != "exclude" && entry.key != "include" {
      if let axis = axis(entry, into: &problems) { axes.append(axis) }
    }
    let exclude = combinations(node.entry("exclude"), into: &problems)
    for combination in exclude {
      checkNames(of: combination, among: axes, into: &problems)
    }
    let include = combinations(node.entry("include"), into: &problems)
    if axes.isEmpty, include.isEmpty, problems.all.count == before {
      problems.add(Diagnostic("the matrix is empty", at: node.range, remedy: example))
    }
    guard problems.all.count == before else { return nil }
    return Matrix(axes: axes, exclude: exclude, include: include, range: node.range)
  }

  private static func axis(_ entry: Node.Entry, into problems: inout Diagnostics) -> Axis? {
    if let problem = NameRule.problem(with: entry.key, noun: "matrix value", at: entry.keyRange) {
      problems.add(problem)
      return nil
    }
    guard let values = entry.value.sequence, !values.isEmpty else {
      var values = entry.value.scalar.flatMap { scalar in
        entry.value.isNull ? nil : ListSlip.list(from: scalar.text) ?? "[\(scalar.text)]"
      }
      if let members = entry.value.mapping?.map(\.value), !members.isEmpty {
        let list = members.first { $0.sequence != nil }?.shortText
        let all = members.map(\.shortText).joined(separator: ", ")
        values = list ?? (all.contains("…") ? nil : "[\(all)]")
      }
      problems.add(
        Diagnostic(
          "'\(entry.key)' takes a list of values", at: entry.value.range,
          remedy: "write it as matrix: {\(entry.key): \(values ?? "[20, 32]")}"))
      return nil
    }
    guard values.count <= largest else {
      problems.add(tooLarge(at: entry.value.range))
      return nil
    }
    var known: [Value: SourceRange] = [:]
    for value in values {
      guard let first = known.updateValue(value.range, forKey: value.value) else { continue }
      problems.add(
        Diagnostic(
          "the value \(value.value.canonicalJSON) is given twice", at: value.range,
          remedy: "keep one of the two", notes: [Note("the first is here", at: first)]))
      return nil
    }
    return Axis(name: entry.key, nameRange: entry.keyRange, values: values)
  }

  private static func combinations(
    _ entry: Node.Entry?, into problems: inout Diagnostics
  ) -> [Node] {
    guard let entry else { return [] }
    let elements = entry.value.sequence ?? []
    guard entry.value.sequence != nil, elements.allSatisfy({ $0.mapping?.isEmpty == false }) else {
      problems.add(
        Diagnostic(
          "'\(entry.key)' takes a list of mappings", at: entry.value.range,
          remedy: "write it as \(entry.key): [\(Self.example(entry.value))]"))
      return []
    }
    guard elements.count <= largest else {
      problems.add(
        Diagnostic(
          "'\(entry.key)' has more than \(largest) mappings", at: entry.value.range,
          remedy: "give fewer, or split the stage"))
      return []
    }
    return elements
  }

  /// A combination as it would be written, from one without the brackets around it.
  private static func example(_ node: Node) -> String {
    guard let entries = node.mapping, !entries.isEmpty,
      entries.allSatisfy({ $0.value.scalar != nil })
    else { return "{depth: 20, width: 64}" }
    let members = entries.prefix(4).map { "\($0.key): \($0.value.shortText)" }
    return "{\(members.joined(separator: ", "))}"
  }

  private static func remedy(for node: Node) -> String {
    guard let elements = node.sequence, !elements.isEmpty else { return example }
    if elements.allSatisfy({ $0.mapping != nil }) {
      return "write single combinations as matrix: {include: [\(example(elements[0]))]}"
    }
    return "give the values a name, as in matrix: {depth: \(node.shortText)}"
  }

  static func tooLarge(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the matrix has more than \(largest) combinations", at: range,
      remedy: "give fewer values, or split the stage")
  }

  private static func checkNames(
    of combination: Node, among axes: [Axis], into problems: inout Diagnostics
  ) {
    let names = axes.map(\.name)
    for entry in combination.mapping ?? [] where !names.contains(entry.key) {
      let near = nearestName(to: entry.key, in: names)
      problems.add(
        Diagnostic(
          "the matrix has no name '\(entry.key)'", at: entry.keyRange,
          remedy: near.map { .didYouMean($0) }
            ?? "it has \(names.joined(separator: ", "))"))
    }
  }
}

import Diagnostics
import YAML

extension Bounds where Number: OptionValue {
  /// The same bounds as plain values.
  package var interval: Interval {
    Interval(
      lower: lower.map { .init(value: $0.number.value, isIncluded: $0.isIncluded) },
      upper: upper.map { .init(value: $0.number.value, isIncluded: $0.isIncluded) })
  }

  /// What is wrong with the numbers of a setting, each at its own place where it is one of several.
  func problems<Setting: BoundedOption>(
    with setting: Setting, named name: String, at node: Node
  ) -> [Diagnostic] where Setting.Bounded == Number {
    let numbers = setting.bounded
    let members = node.mapping?.sorted { $0.key < $1.key }.map(\.value)
    let elements = node.sequence ?? members ?? []
    return numbers.enumerated().filter { !contains($0.element) }.map { index, number in
      let place = elements.count == numbers.count ? elements[index] : node
      return Diagnostic(
        "\(place.scalar?.text ?? number.value.canonicalJSON) is out of range for '\(name)'",
        at: place.range, remedy: "'\(name)' has to be \(interval.words)")
    }
  }
}

extension Bounds<Int> {
  /// What is wrong with the length of a list.
  func problems<Element>(
    withCountOf list: [Element], named name: String, at node: Node
  ) -> [Diagnostic] {
    guard !contains(list.count) else { return [] }
    return [
      Diagnostic(
        "'\(name)' has \(list.count) \(list.count == 1 ? "element" : "elements")", at: node.range,
        remedy: "their number has to be \(interval.words)")
    ]
  }
}

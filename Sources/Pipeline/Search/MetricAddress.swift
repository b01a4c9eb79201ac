package import Diagnostics
package import Options
package import YAML

/// A metric of a stage, written `teacher.validation.accuracy`.
package struct MetricAddress: OptionValue {
  package let text: String

  /// Where it is written.
  package let range: SourceRange

  package init(_ text: String, at range: SourceRange) {
    self.text = text
    self.range = range
  }

  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  package static var schema: Schema {
    .text(
      Schema.TextForm(
        name: "metric of a stage", pattern: "^[^.]+(\\.[^.]+)+$",
        example: "teacher.validation.accuracy"))
  }

  package var value: Value { .string(text) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> MetricAddress? {
    guard let text = node.scalar?.value.string else {
      problems.add(.mismatch(expected: "a metric of a stage", found: node, remedy: example))
      return nil
    }
    let steps = text.split(separator: ".", omittingEmptySubsequences: false)
    guard steps.count > 1, !steps.contains("") else {
      problems.add(
        Diagnostic("'\(text)' names no metric of a stage", at: node.range, remedy: example))
      return nil
    }
    return MetricAddress(text, at: node.range)
  }

  static let example = "write a stage and its metric, such as teacher.validation.accuracy"

  /// The instance that is meant, and the path among its metrics: the longest address that the text begins
  /// with counts, as addresses may have dots.
  package func resolved(in graph: PipelineGraph) -> (instance: StageInstance, path: [String])? {
    let parts = text.split(separator: ".").map(String.init)
    for count in stride(from: parts.count - 1, to: 0, by: -1) {
      guard let instance = graph[parts[..<count].joined(separator: ".")] else { continue }
      return (instance, Array(parts[count...]))
    }
    return nil
  }
}

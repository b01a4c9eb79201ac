package import Diagnostics
package import Options
package import YAML

/// The name of a group of stages that never run at the same time.
package struct MutexName: OptionValue, Hashable {
  package let name: String

  package static var schema: Schema {
    .text(
      Schema.TextForm(name: "name", pattern: "^[A-Za-z][A-Za-z0-9_-]{0,63}$", example: "database"))
  }

  package var value: Value { .string(name) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> MutexName? {
    guard let name = String.decode(node, into: &problems) else { return nil }
    if let problem = NameRule.problem(with: name, noun: "group", at: node.range) {
      problems.add(problem)
      return nil
    }
    return MutexName(name: name)
  }
}

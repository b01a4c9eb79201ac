package import Diagnostics
package import Options
package import YAML

/// What a search tries for a setting, as it is written.
package struct SearchRange: Options {
  package var from: SearchNumber?
  package var to: SearchNumber?
  package var step: SearchNumber?
  package var log = false
  package var points: Int?
  package var choices: WrittenValue?
  package var when: WrittenValue?

  package init() {}

  package static let title = "What is tried for a setting"
  package static let summary =
    "A list stands for its elements as choices: `[4, 8]` says the same as `{choices: [4, 8]}`. Numbers "
    + "between the ends of a range are rounded to four digits that count."

  package static var fields: [Field<Self>] {
    option("from", \.from, "The least number.")
    option(
      "to", \.to, "The largest number. Only whole numbers are tried where both ends are whole.")
    option("step", \.step, "The distance between neighbours, counted from the least.")
    option("log", \.log, "Whether factors count and not differences, as for learning rates.")
    option("points", \.points, in: 2...1000, "How many numbers a grid takes from the range.")
    option("choices", \.choices, "The values to choose from, which may be lists and mappings too.")
    option(
      "when", \.when,
      "The values that other settings of the search must have for this one to be tried.")
  }
}

/// Any value, kept as it is written.
package struct WrittenValue: OptionValue {
  package let node: Node

  package static func == (left: Self, right: Self) -> Bool { left.value == right.value }

  package static var schema: Schema { .text(Schema.TextForm(name: "any value")) }
  package var value: Value { node.value }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> WrittenValue? {
    WrittenValue(node: node)
  }
}

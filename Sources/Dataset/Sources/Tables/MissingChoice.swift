internal import Diagnostics
internal import Options
internal import YAML

extension CSVFiles {
  /// The texts that stand for missing values: for all columns, or by column.
  struct MissingChoice: OptionValue, Hashable {
    var everywhere: Set<String> = []

    /// By the name or pattern of columns.
    var byColumn: [String: Set<String>] = [:]

    private typealias Texts = OneOrMany<MissingText>

    static var schema: Schema { .either([Texts.schema, [String: Texts].schema]) }

    var value: Value {
      byColumn.isEmpty
        ? .array(everywhere.sorted().map(Value.string))
        : .object(byColumn.mapValues { .array($0.sorted().map(Value.string)) })
    }

    static func decode(_ node: Node, into problems: inout Diagnostics) -> MissingChoice? {
      var choice = MissingChoice()
      if node.mapping == nil {
        guard let texts = Texts.decode(node, into: &problems) else { return nil }
        choice.everywhere = Set(texts.elements.map(\.text))
      } else {
        guard let columns = [String: Texts].decode(node, into: &problems) else { return nil }
        choice.byColumn = columns.mapValues { Set($0.elements.map(\.text)) }
      }
      return choice
    }
  }

  /// A text that stands for a missing value; a number such as -999 may be written without quotes.
  struct MissingText: OptionValue, Hashable {
    var text: String

    static var schema: Schema { .either([String.schema, Double.schema]) }

    var value: Value { .string(text) }

    static func decode(_ node: Node, into problems: inout Diagnostics) -> MissingText? {
      if let scalar = node.scalar, !node.isNull { return MissingText(text: scalar.text) }
      return String.decode(node, into: &problems).map { MissingText(text: $0) }
    }
  }
}

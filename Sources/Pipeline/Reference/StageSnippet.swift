internal import YAML

/// A stage of a kind as editors offer it whole: the kind's example, to be changed value by value.
struct StageSnippet {
  private let kind: String
  private let summary: String
  private let example: Value

  init(_ stage: any Stage.Type) {
    kind = stage.kind
    summary = stage.summary
    example = (try? Node(parsing: stage.example, file: stage.kind).value) ?? .null
  }

  /// An element of `defaultSnippets`.
  var json: Value {
    var stop = 0
    return [
      "label": .string("\(kind) stage"), "description": .string(summary),
      "body": Self.body(example, &stop),
    ]
  }

  /// The value with a tab stop at each part, in the order of the keys.
  private static func body(_ value: Value, _ stop: inout Int) -> Value {
    switch value {
    case .object(let members):
      var body: [String: Value] = [:]
      for (key, member) in members.sorted(by: { $0.key < $1.key }) {
        body[key] = Self.body(member, &stop)
      }
      return .object(body)
    case .array(let elements): return .array(elements.map { body($0, &stop) })
    case .null, .bool, .int, .double, .string:
      stop += 1
      return .string("${\(stop):\(literal(value.string ?? value.canonicalJSON))}")
    }
  }

  /// A text within a tab stop, whose end and own tab stops it must not be taken for.
  private static func literal(_ text: String) -> String {
    text.reduce(into: "") { literal, letter in
      if "\\$}".contains(letter) { literal += "\\" }
      literal.append(letter)
    }
  }
}

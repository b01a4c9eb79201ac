package import YAML

extension JSONSchema {
  private static let words = SchemaWords(literal: { "`\($0)`" }, link: { $0.title })

  /// The properties of settings with their descriptions and defaults; none of what is no mapping.
  package mutating func properties(for schema: Schema) -> [String: Value] {
    guard case .named(let named) = schema, case .fields(let fields) = named.definition().members
    else { return [:] }
    return properties(for: fields)
  }

  mutating func properties(for fields: [Schema.Field]) -> [String: Value] {
    var properties: [String: Value] = [:]
    for field in fields {
      var property = Self.described(json(for: field.schema), field.summary)
      property["markdownDescription"] = .string(Self.markdown(for: field))
      if let value = field.defaultValue, value.isWorthOffering { property["default"] = value }
      properties[field.name] = property
    }
    return properties
  }

  /// The sentence about a key, what may be written for it, and the default.
  private static func markdown(for field: Schema.Field) -> String {
    let standard =
      field.isRequired ? "*Required.*" : field.defaultWords.map { "*Default:* `\($0)`" }
    return [field.summary, "*Value:* \(words.words(for: field.schema))", standard]
      .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// One of several names with a sentence about each.
  static func enumeration(_ names: [(name: String, summary: String)]) -> Value {
    var json: Value = ["enum": .array(names.map { .string($0.name) })]
    guard names.contains(where: { !$0.summary.isEmpty }) else { return json }
    let summaries = Value.array(names.map { .string($0.summary) })
    json["enumDescriptions"] = summaries
    json["markdownEnumDescriptions"] = summaries
    return json
  }

  static func described(_ json: Value, _ summary: String) -> Value {
    guard !summary.isEmpty else { return json }
    var described = json
    described["description"] = .string(summary)
    return described
  }
}

extension Value {
  /// Whether an editor should offer it as a default: not where nothing is the default, and no whole
  /// mapping, whose keys have defaults of their own.
  fileprivate var isWorthOffering: Bool {
    switch self {
    case .null, .object, .string(""), .array([]): false
    case .array(let elements): elements.allSatisfy(\.isWorthOffering)
    case .bool, .int, .double, .string: true
    }
  }
}

package import Diagnostics
package import YAML

/// Settings that are written as a mapping and described once, field by field.
///
///     struct Settings: Options {
///       var epochs = 10
///       var optimizer = Optimizer.adamW
///
///       static var fields: [Field<Self>] {
///         option("epochs", \.epochs, in: 1..., "Passes over the training split.")
///         option("optimizer", \.optimizer, "The rule that turns gradients into steps.")
///       }
///     }
///
/// The defaults are the values of `Self()`. A mapping that is itself a field starts from its own
/// type's defaults, not from the value that the outer type gives it.
package protocol Options: OptionValue {
  /// Makes the settings with every default; what is required may have any value.
  init()

  /// The heading in the reference, such as `Train settings`.
  static var title: String { get }

  /// A sentence or two for the reference.
  static var summary: String { get }

  @FieldsBuilder<Self> static var fields: [Field<Self>] { get }

  /// The field that a value which is no mapping sets: with `degrees`, `rotate: 10` says the same as
  /// `rotate: {degrees: 10}`.
  static var shorthand: String? { get }

  /// What of `check` an editor can tell, from the keys alone.
  static var rules: [Rule] { get }

  /// What is wrong with settings whose fields are right one by one.
  static func check(_ settings: Self, _ node: Node) -> [Diagnostic]
}

extension Options {
  package static var title: String { TypeName(Self.self).title }
  package static var summary: String { "" }
  package static var shorthand: String? { nil }
  package static var rules: [Rule] { [] }
  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] { [] }

  /// Reads settings or throws all that is wrong with them, by place.
  package init(_ node: Node) throws(Diagnostics) {
    self = try Self.decode(node)
  }

  package static var schema: Schema {
    .named(Schema.Named(Self.self) { definition })
  }

  package var value: Value {
    let defaults = Self()
    let members = Self.table.all.compactMap { field -> (String, Value)? in
      let value = field.encode(self)
      guard !field.isOmittedByDefault || value != field.encode(defaults) else { return nil }
      return (field.name, value)
    }
    return .object(Dictionary(members) { first, _ in first })
  }

  package static var whenEmpty: Self? {
    table.all.contains(where: \.isRequired) ? nil : Self()
  }

  private static var definition: Schema.Definition {
    let standard = Self()
    let fields = fields.map { $0.description(defaults: standard) }
    let defaults = Dictionary(fields.map { ($0.name, $0.defaultValue ?? .null) }) { first, _ in
      first
    }
    return Schema.Definition(
      title: title, summary: summary, shorthand: shorthand, members: .fields(fields), rules: rules,
      mayBeEmpty: whenEmpty != nil && rules.allSatisfy { $0.holdsForNothing(defaults) })
  }
}

import Diagnostics
package import YAML

/// One of several named cases, some of which have settings of their own.
///
/// A case is written as its bare name (`drop`) or, with a payload, as a mapping with its name as
/// the only key (`fill: median`).
///
///     enum Missing: Choice {
///       case drop
///       case fill(Filling)
///
///       static var cases: [Case<Self>] {
///         Case("drop", .drop, "Drop rows that lack a value.")
///         Case("fill", Filling.self, Self.fill, "Put a value in.")
///       }
///
///       var payload: (any OptionValue)? {
///         switch self {
///         case .drop: nil
///         case .fill(let filling): filling
///         }
///       }
///     }
package protocol Choice: OptionValue {
  /// The heading in the reference.
  static var title: String { get }

  /// A sentence or two for the reference.
  static var summary: String { get }

  /// Every case of the type, each once.
  @CasesBuilder<Self> static var cases: [Case<Self>] { get }

  /// The settings of the case that is chosen, if it has any.
  var payload: (any OptionValue)? { get }

  /// The case whose payload may be written without its name, such as `constant` for `fill: 3`, unless it
  /// is a text.
  static var shorthand: String? { get }
}

extension Choice {
  package static var title: String { TypeName(Self.self).title }
  package static var summary: String { "" }
  package static var shorthand: String? { nil }

  package static var schema: Schema {
    .named(Schema.Named(Self.self) { definition })
  }

  package var value: Value {
    for option in Self.table.all {
      if let value = option.encode(self) { return value }
    }
    preconditionFailure("\(Self.self).cases does not list every case of the type")
  }

  private static var definition: Schema.Definition {
    Schema.Definition(
      title: title, summary: summary, shorthand: shorthand,
      members: .cases(cases.map(\.description)), rules: [], mayBeEmpty: false)
  }
}

/// Lists the cases of a choice, one statement each; a list of cases may stand for several.
@resultBuilder
package enum CasesBuilder<Root> {
  package static func buildExpression(_ option: Case<Root>) -> [Case<Root>] { [option] }
  package static func buildExpression(_ options: [Case<Root>]) -> [Case<Root>] { options }
  package static func buildBlock(_ options: [Case<Root>]...) -> [Case<Root>] {
    options.flatMap { $0 }
  }
}

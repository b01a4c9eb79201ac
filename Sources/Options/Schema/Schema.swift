package import YAML

/// What may be written for a value, from which editors' schemas, the reference and help are made.
package indirect enum Schema: Sendable {
  case boolean
  case integer(Interval)
  case number(Interval)
  case text(TextForm)
  case names([Name])
  case list(Schema, count: Interval)
  case map(Schema)
  case optional(Schema)
  case either([Schema])
  case named(Named)

  /// A text in a form of its own, such as `30m`.
  package struct TextForm: Hashable, Sendable {
    /// What it is, in words: `duration`.
    package var name: String

    /// An ECMAScript regular expression that it matches as a whole.
    package var pattern: String?
    package var example: String?

    /// Limits that only words can state, such as those of a duration.
    var limits = Interval.unlimited

    package init(name: String, pattern: String? = nil, example: String? = nil) {
      self.name = name
      self.pattern = pattern
      self.example = example
    }

    package static let any = TextForm(name: "text")

    /// The same with limits, if they are themselves written in a form of text.
    func limited(to interval: Interval) -> TextForm {
      guard (interval.lower ?? interval.upper)?.value.string != nil else { return self }
      var form = self
      form.limits = interval
      return form
    }
  }

  /// One of a fixed set of texts.
  package struct Name: Hashable, Sendable {
    package var name: String
    package var summary: String

    package init(name: String, summary: String = "") {
      self.name = name
      self.summary = summary
    }
  }

  /// A type that is described once and referred to by name, so that it may contain itself.
  package struct Named: Sendable {
    private let type: Any.Type
    package let definition: @Sendable () -> Definition

    package init(_ type: Any.Type, _ definition: @escaping @Sendable () -> Definition) {
      self.type = type
      self.definition = definition
    }

    /// Worked out when it is asked for, because reading a pipeline never does.
    package var name: String { TypeName(type).text }
  }

  /// Settings or a choice, in full.
  package struct Definition: Sendable {
    package enum Members: Sendable {
      case fields([Field])
      case cases([Case])
    }

    package let title: String
    package let summary: String

    /// The member that a value without a name stands for.
    package let shorthand: String?
    package let members: Members

    /// What has to hold between the fields.
    let rules: [Rule]

    /// Whether nothing at all may stand in place of the settings.
    let mayBeEmpty: Bool
  }

  package struct Field: Sendable {
    package let name: String
    package let summary: String
    package let isRequired: Bool
    package let schema: Schema

    /// The default's canonical form; nil for what has to be written.
    package let defaultValue: Value?
  }

  package struct Case: Sendable {
    package let name: String
    package let summary: String

    /// What may be written under the name; nil for a case without settings.
    package let payload: Schema?
    package let allowsBareName: Bool
  }
}

extension Schema {
  /// The same with bounds on its numbers.
  func limited(to interval: Interval) -> Schema {
    switch self {
    case .integer: .integer(interval)
    case .number: .number(interval)
    case .list(let element, let count): .list(element.limited(to: interval), count: count)
    case .optional(let wrapped): .optional(wrapped.limited(to: interval))
    case .either(let schemas): .either(schemas.map { $0.limited(to: interval) })
    case .text(let form): .text(form.limited(to: interval))
    case .map(let element): .map(element.limited(to: interval))
    case .boolean, .names, .named: self
    }
  }

  /// The keys of settings; nil for what is no mapping of fixed keys.
  package var keys: [String]? {
    guard case .named(let named) = self, case .fields(let fields) = named.definition().members
    else {
      return nil
    }
    return fields.map(\.name)
  }

  /// Whether a bare text may be written.
  var takesText: Bool {
    switch self {
    case .text, .names: true
    case .optional(let wrapped): wrapped.takesText
    case .either(let schemas): schemas.contains(where: \.takesText)
    case .boolean, .integer, .number, .list, .map, .named: false
    }
  }

  /// The same without what is written as a bare text; nil where nothing else is left.
  var withoutText: Schema? {
    switch self {
    case .text, .names: nil
    case .optional(let wrapped): wrapped.withoutText.map { .optional($0) }
    case .either(let schemas): .either(schemas.compactMap(\.withoutText))
    case .boolean, .integer, .number, .list, .map, .named: self
    }
  }

  /// The same with bounds on its number of elements.
  package func limited(toCount interval: Interval) -> Schema {
    if case .list(let element, _) = self { .list(element, count: interval) } else { self }
  }
}

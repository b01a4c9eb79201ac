package import Diagnostics
package import YAML

/// A plain enumeration that is written as one of its names.
///
/// The names are the raw values in kebab case: `case perChannel` is written `per-channel`.
package protocol NamedOption: OptionValue, CaseIterable, RawRepresentable
where RawValue == String {
  /// A sentence about the case for the reference; may be empty.
  var summary: String { get }
}

extension NamedOption {
  package var summary: String { "" }

  /// The name in the file.
  package var name: String {
    rawValue.reduce(into: "") { name, letter in
      if letter.isUppercase {
        name += (name.isEmpty ? "" : "-") + letter.lowercased()
      } else {
        name.append(letter)
      }
    }
  }

  package init?(name: String) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  package var value: Value { .string(name) }

  package static var schema: Schema {
    .names(allCases.map { Schema.Name(name: $0.name, summary: $0.summary) })
  }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Self? {
    let names = allCases.map(\.name)
    guard let scalar = node.scalar, !node.isNull else {
      problems.add(
        .mismatch(
          expected: "a name", found: node,
          remedy: "choose one of: \(names.joined(separator: ", "))"))
      return nil
    }
    if let found = Self(name: scalar.text) { return found }
    problems.add(.unknownName(scalar.text, at: node.range, allowed: names))
    return nil
  }
}

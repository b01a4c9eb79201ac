package import Diagnostics
package import YAML

/// A value that may be left to the program, written `auto`.
package enum Automatic<Wrapped: OptionValue>: OptionValue {
  case automatic
  case fixed(Wrapped)

  /// The value, or nil where the program chooses.
  package var fixed: Wrapped? {
    if case .fixed(let wrapped) = self { wrapped } else { nil }
  }

  package static var schema: Schema {
    .either([.names([Schema.Name(name: "auto")]), Wrapped.schema])
  }

  package var value: Value { fixed?.value ?? "auto" }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Automatic? {
    if node.scalar?.text == "auto" { return .automatic }
    return Wrapped.decode(node, into: &problems).map { .fixed($0) }
  }
}

extension Automatic: BoundedOption where Wrapped: BoundedOption {
  package var bounded: [Wrapped.Bounded] { fixed?.bounded ?? [] }
}

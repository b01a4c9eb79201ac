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
    if let problem = misspelt(node) {
      problems.add(problem)
      return nil
    }
    return Wrapped.decode(node, into: &problems).map { .fixed($0) }
  }

  /// What is wrong with a name that is neither `auto` nor one of the fixed names that there are.
  private static func misspelt(_ node: Node) -> Diagnostic? {
    guard let text = node.scalar?.text, !node.isNull else { return nil }
    guard case .names(let names) = Wrapped.schema else {
      guard ForeignNames.meanings(of: text).contains("auto") else { return nil }
      return Diagnostic("'\(text)' is not known here", at: node.range, remedy: .didYouMean("auto"))
    }
    let allowed = ["auto"] + names.map(\.name)
    return allowed.contains(text) ? nil : .unknownName(text, at: node.range, allowed: allowed)
  }
}

extension Automatic: Equatable where Wrapped: Equatable {}
extension Automatic: Hashable where Wrapped: Hashable {}

extension Automatic: BoundedOption where Wrapped: BoundedOption {
  package var bounded: [Wrapped.Bounded] { fixed?.bounded ?? [] }
}

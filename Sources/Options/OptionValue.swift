package import Diagnostics
package import YAML

/// A value that a user can write in a pipeline file.
///
/// A conforming type says in one place how it is read, how it is written back and what an editor or
/// a reader of the reference has to know about it.
package protocol OptionValue: Equatable, Sendable {
  /// What may be written, for editors and the reference.
  static var schema: Schema { get }

  /// Reads a node; adds what is wrong with it to `problems` and returns nil if that is an error.
  static func decode(_ node: Node, into problems: inout Diagnostics) -> Self?

  /// The canonical form, which decodes to an equal value.
  var value: Value { get }

  /// What stands where the user names the thing but writes no value; nil where one is needed.
  static var whenEmpty: Self? { get }
}

extension OptionValue {
  package static var whenEmpty: Self? { nil }

  /// Reads a node or throws all that is wrong with it, by place.
  package static func decode(_ node: Node) throws(Diagnostics) -> Self {
    var problems = Diagnostics()
    if let decoded = decode(node, into: &problems), !problems.hasErrors { return decoded }
    throw problems.sorted()
  }

  /// Reads a canonical value back, as it comes to a worker.
  /// - Parameter origin: The name that places in errors carry.
  package static func decode(_ value: Value, from origin: String) throws(Diagnostics) -> Self {
    try decode(Node(value: value, at: SourceRange(file: origin, line: 1, column: 1)))
  }
}

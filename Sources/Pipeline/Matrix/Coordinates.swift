internal import Diagnostics
package import YAML

/// The matrix values that tell one instance of a stage from the others, in the order of the address.
package struct Coordinates: Hashable, Sendable {
  package struct Coordinate: Hashable, Sendable {
    package let name: String
    package let node: Node

    /// The value as it stands in an address.
    package var label: String
  }

  package private(set) var all: [Coordinate]

  package init(_ all: [Coordinate] = []) {
    self.all = all
  }

  package subscript(name: String) -> Coordinate? {
    all.first { $0.name == name }
  }

  /// The address of an instance: `stage`, or `stage@name=value,other=value`.
  package func address(of stage: String) -> String {
    guard !all.isEmpty else { return stage }
    return stage + "@" + all.map { "\($0.name)=\($0.label)" }.joined(separator: ",")
  }

  /// The values for people, such as `fruit=banana, animal=cat`.
  var words: String { all.map { "\($0.name)=\($0.label)" }.joined(separator: ", ") }

  /// The values alone.
  package var values: [String: Value] {
    Dictionary(all.map { ($0.name, $0.node.value) }) { first, _ in first }
  }

  /// These and the others', or `nil` where the two name different values.
  package func joined(with others: Coordinates) -> Coordinates? {
    var joined = self
    for other in others.all {
      if let own = self[other.name] {
        guard own.node.value == other.node.value else { return nil }
      } else {
        joined.all.append(other)
      }
    }
    return joined
  }

  /// The value that a reference's second name stands for.
  func node(of reference: Reference, at place: SourceRange) throws(Diagnostic) -> Node {
    let name = reference.path[1]
    if let coordinate = self[name] { return coordinate.node }
    let near = nearestName(to: name, in: all.map(\.name))
    throw Diagnostic(
      all.isEmpty
        ? "there is no matrix here that could give '\(name)' a value"
        : "the matrix has no name '\(name)'",
      at: place,
      remedy: near.map {
        .didYouMean("matrix.\($0)", writing: reference.written(naming: $0, at: 1))
      } ?? "add 'matrix: {\(name): […]}' to the stage")
  }
}

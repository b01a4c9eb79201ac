internal import Diagnostics
internal import YAML

/// How much the references of a file may still expand to: each is small, and of references to references a
/// few lines make more than any memory holds.
struct ExpansionBudget {
  private var left = 4 << 20

  var isSpent: Bool { left < 0 }

  /// Takes what a reference refers to.
  ///
  /// - Parameter depth: How many lists and mappings the reference stands in.
  mutating func spend(_ node: Node, below depth: Int, at place: SourceRange) throws(Diagnostic) {
    guard depth + Self.depth(of: node) <= Limits.standard.depth else {
      throw Self.tooDeep(at: place)
    }
    left -= Self.size(of: node)
    guard isSpent else { return }
    throw Diagnostic(
      "the references of this file expand to more than 4 MiB", at: place,
      remedy: "let variables refer to fewer others")
  }

  static func tooDeep(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "references put lists and mappings more than \(Limits.standard.depth) levels deep into one "
        + "another", at: place, remedy: "nest less in the variables")
  }

  private static func size(of node: Node) -> Int {
    switch node.content {
    case .scalar(let scalar): 1 + scalar.text.utf8.count
    case .sequence(let elements): elements.reduce(1) { $0 + size(of: $1) }
    case .mapping(let entries): entries.reduce(1) { $0 + $1.key.utf8.count + size(of: $1.value) }
    }
  }

  /// How many lists and mappings lie in one another.
  private static func depth(of node: Node) -> Int {
    switch node.content {
    case .scalar: 0
    case .sequence(let elements): 1 + (elements.lazy.map { depth(of: $0) }.max() ?? 0)
    case .mapping(let entries): 1 + (entries.lazy.map { depth(of: $0.value) }.max() ?? 0)
    }
  }
}

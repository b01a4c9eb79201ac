package import YAML

/// An upstream stage that a stage's settings name.
package struct StageNaming: Sendable {
  /// The role that the stage fills.
  package let role: String

  /// The stage's name as written.
  package let node: Node

  package init(role: String, node: Node) {
    self.role = role
    self.node = node
  }
}

/// Bounds on what a text may cost to read, so that a hostile file fails early.
package struct Limits: Hashable, Sendable {
  /// The longest text in bytes.
  package var bytes: Int

  /// How deep sequences and mappings may lie in one another; at most `deepest`.
  package var depth: Int

  /// How many nodes there may be after aliases are expanded.
  package var nodes: Int

  /// The longest single scalar in bytes.
  package var scalarBytes: Int

  package init(bytes: Int, depth: Int, nodes: Int, scalarBytes: Int) {
    self.bytes = bytes
    self.depth = min(depth, Self.deepest)
    self.nodes = nodes
    self.scalarBytes = scalarBytes
  }

  /// No reader goes deeper than this, because reading is recursive.
  package static let deepest = 512

  /// For files that people write.
  package static let standard = Limits(
    bytes: 4 << 20, depth: 64, nodes: 300_000, scalarBytes: 1 << 20)

  /// For data that programs write, such as reports and messages.
  package static let data = Limits(
    bytes: 256 << 20, depth: 128, nodes: 16_000_000, scalarBytes: 64 << 20)
}

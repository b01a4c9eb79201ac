/// Which stages of a pipeline are wanted, as the command line says it.
package struct StageSelection: Hashable, Sendable {
  /// Stages by name, address or pattern, wanted with all that they depend on; empty for all.
  package var targets: [String]

  /// Whether what depends on the targets is wanted too.
  package var includesDownstream: Bool

  /// Stages behind which nothing is wanted; empty where there is no such end.
  package var until: [String]

  package init(_ targets: [String] = [], includesDownstream: Bool = false, until: [String] = []) {
    self.targets = targets
    self.includesDownstream = includesDownstream
    self.until = until
  }
}

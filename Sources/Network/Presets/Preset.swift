package import Diagnostics
package import Options

/// A family of networks that fits itself to a dataset's features and target.
package protocol Preset: ChoiceMember {
  /// Whether convolutions dominate the network.
  var convolves: Bool { get }

  /// Whether something in the network is normalised over the batch, which takes two rows at least.
  var normalizesBatches: Bool { get }

  /// The kinds of which one has to be among the features; nil where any feature will do.
  var reads: Set<FeatureKind>? { get }

  /// Builds the network for the features, with the given number of outputs: one logit for each
  /// class, or one value for a regression.
  func network(for inputs: [NetworkInput], outputs: Int) throws(Diagnostic) -> Network
}

extension Preset {
  package var convolves: Bool { false }

  package var reads: Set<FeatureKind>? { nil }

  package var normalizesBatches: Bool { false }
}

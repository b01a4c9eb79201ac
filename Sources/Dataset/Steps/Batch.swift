package import Diagnostics
package import Hardware
package import Tensor

/// Rows on their way to a model.
package struct Batch: Sendable {
  /// A tensor for each feature by name, `[N] + feature.shape`.
  package var inputs: [String: Tensor]

  /// `[N]` class codes (`int64`) or values (`float32`), `[N, K]` several values or 1 for each label
  /// that a row has (`float32`); `[N, classes]` weights of each class (`float32`) where a step mixed
  /// rows.
  package var target: Tensor?

  /// `[N]` weights of the rows in the loss (`float32`).
  package var weights: Tensor?

  /// The places of the rows whose target is known, where it is not that of all; what the others have stands
  /// for nothing.
  package var labelled: [Int]?

  /// The rows' ids in their source, which stay the same through every stage.
  package var rows: [Int64]

  package init(
    inputs: [String: Tensor], target: Tensor? = nil, weights: Tensor? = nil, rows: [Int64]
  ) {
    self.inputs = inputs
    self.target = target
    self.weights = weights
    self.rows = rows
  }

  /// The same on a device.
  package func moved(to device: Device) throws(Diagnostic) -> Batch {
    var batch = self
    for (name, tensor) in inputs { batch.inputs[name] = try tensor.to(device) }
    batch.target = try target?.to(device)
    batch.weights = try weights?.to(device)
    return batch
  }
}

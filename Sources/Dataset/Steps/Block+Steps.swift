package import Diagnostics
package import Tensor

extension Block {
  /// The rows after steps; targets and weights stay.
  ///
  /// - Parameter features: Those of the rows before.
  package func applying(
    _ steps: [any DeferredStep], in context: StepContext, shapes features: [Feature]
  ) throws(Diagnostic) -> Block {
    var batch = Batch(inputs: [:], rows: rows)
    for feature in features {
      batch.inputs[feature.name] = try self.features[feature.name]?.tensor(
        shape: [count] + feature.shape)
    }
    try DeferredSteps.apply(steps, to: &batch, in: context)
    var block = self
    for (name, values) in batch.inputs { block.features[name] = try ColumnValues(values) }
    return block
  }
}

extension ColumnValues {
  /// A copy of a tensor's elements.
  package init(_ tensor: Tensor) throws(Diagnostic) {
    switch tensor.type {
    case .uint8: self = .uint8(try tensor.array())
    case .int32: self = .int32(try tensor.array())
    case .int64: self = .int64(try tensor.array())
    default: self = .float32(try tensor.array())
    }
  }
}

internal import CTensor
package import Diagnostics

/// Operations that overwrite the tensor.
extension Tensor {
  /// self += scale · y
  package func add(_ y: Tensor, scale: Double = 1) throws(Diagnostic) {
    try update(ANNEAL_UPDATE_ADD, y, scale: scale)
  }

  package func add(_ y: Double) throws(Diagnostic) { try update(ANNEAL_UPDATE_ADD, y) }
  package func multiply(by y: Tensor) throws(Diagnostic) { try update(ANNEAL_UPDATE_MULTIPLY, y) }
  package func multiply(by y: Double) throws(Diagnostic) { try update(ANNEAL_UPDATE_MULTIPLY, y) }
  package func divide(by y: Tensor) throws(Diagnostic) { try update(ANNEAL_UPDATE_DIVIDE, y) }
  package func divide(by y: Double) throws(Diagnostic) { try update(ANNEAL_UPDATE_DIVIDE, y) }

  /// Overwrites all elements with those of `y`, converted and broadcast.
  package func copy(from y: Tensor) throws(Diagnostic) { try update(ANNEAL_UPDATE_COPY, y) }

  /// Overwrites all elements with one value.
  package func fill(with value: Double) throws(Diagnostic) {
    try update(ANNEAL_UPDATE_COPY, value)
  }

  /// self += weight · (y - self)
  package func move(towards y: Tensor, by weight: Double) throws(Diagnostic) {
    try update(ANNEAL_UPDATE_LERP, y, scale: weight)
  }

  private func update(
    _ function: anneal_update, _ y: Tensor, scale: Double = 1,
    operation: StaticString = #function
  ) throws(Diagnostic) {
    try Self.run(keeping: [self, y], operation: operation) {
      unsafe $0.arithmetic.pointee.update(Int32(function.rawValue), handle, y.handle, scale)
    }
  }

  private func update(
    _ function: anneal_update, _ y: Double, operation: StaticString = #function
  ) throws(Diagnostic) {
    try Self.run(keeping: [self], operation: operation) {
      unsafe $0.arithmetic.pointee.update_number(Int32(function.rawValue), handle, y)
    }
  }
}

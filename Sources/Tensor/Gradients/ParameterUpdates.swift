internal import CTensor
package import Diagnostics

/// Kernels that update many tensors at once, in place and without recording.
///
/// Lists of one call have equal counts and pairwise equal shapes; tensors of one list live on one
/// device. An empty list is left as it is.
package enum ParameterUpdates {
  /// x += scale · y
  package static func add(
    _ y: [Tensor], scale: Double = 1, to x: [Tensor]
  ) throws(Diagnostic) {
    try update(ANNEAL_LIST_ADD, x, y, scale)
  }

  /// x *= y
  package static func multiply(_ x: [Tensor], by y: [Tensor]) throws(Diagnostic) {
    try update(ANNEAL_LIST_MULTIPLY, x, y)
  }

  /// x /= y
  package static func divide(_ x: [Tensor], by y: [Tensor]) throws(Diagnostic) {
    try update(ANNEAL_LIST_DIVIDE, x, y)
  }

  /// x = y
  package static func copy(_ y: [Tensor], to x: [Tensor]) throws(Diagnostic) {
    try update(ANNEAL_LIST_COPY, x, y)
  }

  /// x += weight · (y - x), an exponential moving average with decay 1 - weight.
  package static func move(
    _ x: [Tensor], towards y: [Tensor], by weight: Double
  ) throws(Diagnostic) {
    try update(ANNEAL_LIST_LERP, x, y, weight)
  }

  /// x += scale · y²
  package static func addSquares(
    of y: [Tensor], scale: Double = 1, to x: [Tensor]
  ) throws(Diagnostic) {
    try update(ANNEAL_LIST_ADD_SQUARE, x, y, scale)
  }

  /// x += scale · sign(y)
  package static func addSigns(
    of y: [Tensor], scale: Double = 1, to x: [Tensor]
  ) throws(Diagnostic) {
    try update(ANNEAL_LIST_ADD_SIGN, x, y, scale)
  }

  /// x = factor · x + offset
  package static func scale(
    _ x: [Tensor], by factor: Double, adding offset: Double = 0
  ) throws(Diagnostic) {
    try Tensor.run(keeping: x) {
      unsafe $0.optimizer.pointee.scale(Tensor.handles(of: x), x.count, factor, offset)
    }
  }

  /// x += scale · y / (√z + epsilon), the step of RMSprop and Adagrad.
  package static func addNormalized(
    _ y: [Tensor], bySquares z: [Tensor], scale: Double, epsilon: Double, to x: [Tensor]
  ) throws(Diagnostic) {
    try requireCounts(x, y, z)
    try Tensor.run(keeping: x + y + z) {
      unsafe $0.optimizer.pointee.add_normalized(
        Tensor.handles(of: x), Tensor.handles(of: y), Tensor.handles(of: z), x.count, scale,
        epsilon)
    }
  }

  /// The Euclidean norm of all elements of all tensors, a scalar on their device.
  package static func norm(_ x: [Tensor]) throws(Diagnostic) -> Tensor {
    try .made(keeping: x) {
      unsafe $0.optimizer.pointee.norm(Tensor.handles(of: x), x.count, $1)
    }
  }

  /// Scales all tensors so that their common norm is at most `bound`; returns the norm before.
  ///
  /// Nothing is read back, so a GPU does not wait.
  @discardableResult
  package static func clipNorm(_ x: [Tensor], to bound: Double) throws(Diagnostic) -> Tensor {
    let norm = try norm(x)
    try Tensor.run(keeping: x + [norm]) {
      unsafe $0.optimizer.pointee.clip(Tensor.handles(of: x), x.count, norm.handle, bound)
    }
    return norm
  }

  private static func update(
    _ function: anneal_list_function, _ x: [Tensor], _ y: [Tensor], _ scale: Double = 1,
    operation: StaticString = #function
  ) throws(Diagnostic) {
    try requireCounts(x, y)
    try Tensor.run(keeping: x + y, operation: operation) {
      unsafe $0.optimizer.pointee.update(
        Int32(function.rawValue), Tensor.handles(of: x), Tensor.handles(of: y), x.count, scale)
    }
  }

  static func requireCounts(_ lists: [Tensor]...) throws(Diagnostic) {
    let counts = lists.map(\.count)
    guard Set(counts).count <= 1 else {
      throw Diagnostic("lists of \(counts) tensors do not go together")
    }
  }
}

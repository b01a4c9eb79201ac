internal import CTensor
package import Diagnostics
package import Hardware

extension Tensor {
  package static func zeros(
    _ shape: [Int], type: ElementType = .float32, device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    try full(shape, 0, type: type, device: device)
  }

  package static func ones(
    _ shape: [Int], type: ElementType = .float32, device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    try full(shape, 1, type: type, device: device)
  }

  /// A tensor of one value.
  package static func full(
    _ shape: [Int], _ value: Double, type: ElementType = .float32, device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    let code = try Engine.nativeCode(of: device)
    return try made { unsafe $0.shape.pointee.full(shape, shape.count, value, type.code, code, $1) }
  }

  /// A tensor whose elements are undefined until they are written.
  ///
  /// - Parameter isPinned: Whether it lies in host memory that a GPU fetches while others go on.
  package static func empty(
    _ shape: [Int], type: ElementType = .float32, device: Device = .cpu, isPinned: Bool = false
  ) throws(Diagnostic) -> Tensor {
    let code = isPinned ? ANNEAL_PINNED : try Engine.nativeCode(of: device)
    return try made { unsafe $0.shape.pointee.empty(shape, shape.count, type.code, code, $1) }
  }

  /// A scalar tensor, shape `[]`.
  package static func scalar(
    _ value: Double, type: ElementType = .float32, device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    try full([], value, type: type, device: device)
  }

  /// `[count]` numbers `first, first + step, …`, computed in double precision.
  package static func range(
    from first: Double = 0, by step: Double = 1, count: Int, type: ElementType = .int64,
    device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    let code = try Engine.nativeCode(of: device)
    return try made {
      unsafe $0.shape.pointee.range(first, step, count, type.code, code, $1)
    }
  }

  /// Zeros in the shape, type and device of this tensor.
  package func zerosLike() throws(Diagnostic) -> Tensor {
    try .zeros(shape, type: type, device: device)
  }

  /// The `[size, size]` identity matrix.
  package static func identity(
    _ size: Int, type: ElementType = .float32, device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    try range(count: size, device: device).oneHot(classes: size).to(type)
  }
}

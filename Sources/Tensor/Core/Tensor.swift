internal import CTensor
package import Hardware

/// A dense array of numbers on a device, with optional reverse-mode differentiation.
///
/// A tensor is a reference to native storage, released when the last reference goes. Operations
/// return new tensors, which may share storage with their operands where only the shape differs.
/// Operations whose name says so (`add(_:)` against `adding`) overwrite the tensor; the caller
/// keeps other threads away from it meanwhile.
///
/// Every operation throws the engine's message as a `Diagnostic`.
package final class Tensor: Sendable {
  private let owned: TensorHandle

  init(owning pointer: OpaquePointer) {
    self.owned = unsafe TensorHandle(owning: pointer)
  }

  /// The native tensor; a call that takes it names this object in `keeping`.
  var handle: OpaquePointer { unsafe owned.pointer }

  /// The sizes of the dimensions, outermost first; empty for a scalar.
  package var shape: [Int] {
    var sizes = [Int](repeating: 0, count: info.dimensions)
    withExtendedLifetime(self) {
      guard let api = unsafe Engine.nativeIfOpen() else { return }
      let status = unsafe api.handle.pointee.shape(handle, &sizes)
      precondition(status == ANNEAL_OK, "a live tensor has a shape")
    }
    return sizes
  }

  package var type: ElementType {
    guard let type = ElementType(code: info.type) else { preconditionFailure("unknown type") }
    return type
  }

  package var device: Device { Engine.device(of: info.device) }

  /// How many elements there are.
  package var count: Int { info.count }

  /// How many dimensions there are.
  package var rank: Int { info.dimensions }

  /// Whether elements lie in row-major order without gaps.
  package var isContiguous: Bool { info.is_contiguous }

  /// Whether `[N, C, H, W]` elements lie with channels fastest.
  package var isChannelsLast: Bool { info.is_channels_last }

  /// Whether operations on this tensor are recorded for `backward()`.
  package var requiresGradient: Bool { info.requires_gradient }

  private var info: anneal_tensor_info {
    var info = anneal_tensor_info()
    withExtendedLifetime(self) {
      guard let api = unsafe Engine.nativeIfOpen() else { return }
      let status = unsafe api.handle.pointee.describe(handle, &info)
      precondition(status == ANNEAL_OK, "a live tensor can be described")
    }
    return info
  }
}

extension Tensor: CustomStringConvertible {
  /// Type, shape and device, such as `float32[2, 3] on cpu`.
  package var description: String { "\(type.rawValue)\(shape) on \(device)" }
}

/// An owned native tensor, given back exactly once.
@safe struct TensorHandle: ~Copyable, Sendable {
  // An address and not a pointer: the native tensor is safe to use and to give back on any thread.
  private let address: UInt

  init(owning pointer: OpaquePointer) {
    self.address = UInt(bitPattern: pointer)
  }

  deinit {
    guard let api = unsafe Engine.nativeIfOpen() else { return }
    unsafe api.handle.pointee.release(pointer)
  }

  /// The native tensor, valid while the handle lives.
  var pointer: OpaquePointer {
    unsafe unsafeBitCast(address, to: OpaquePointer.self)
  }
}

internal import CTensor

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

internal import CTensor
internal import Diagnostics

/// A call into the engine that writes one tensor.
typealias NativeCall = (anneal_tensor_api, UnsafeMutablePointer<OpaquePointer?>) -> Int32

/// A call into the engine that writes two tensors.
typealias NativePairCall = (
  anneal_tensor_api, UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<OpaquePointer?>
) -> Int32

extension Tensor {
  /// Makes the tensor that a native call gives; `kept` are the operands that must outlive it.
  @safe static func made(
    keeping kept: Tensor?..., operation: StaticString = #function, by call: NativeCall
  ) throws(Diagnostic) -> Tensor {
    let result = try optional(keeping: kept, operation, by: call)
    guard let result else { throw Diagnostic("tensor operation '\(operation)' gave no tensor") }
    return result
  }

  /// The same over a list of operands.
  @safe static func made(
    keeping kept: [Tensor], operation: StaticString = #function, by call: NativeCall
  ) throws(Diagnostic) -> Tensor {
    let result = try optional(keeping: kept, operation, by: call)
    guard let result else { throw Diagnostic("tensor operation '\(operation)' gave no tensor") }
    return result
  }

  /// Makes the tensor that a native call gives, if it gives one.
  @safe static func optional(
    keeping kept: [Tensor?], _ operation: StaticString, by call: NativeCall
  ) throws(Diagnostic) -> Tensor? {
    let api = unsafe try Engine.native()
    var pointer: OpaquePointer?
    let status = withExtendedLifetime(kept) { unsafe call(api, &pointer) }
    try Engine.check(status, operation)
    return unsafe pointer.map { unsafe Tensor(owning: $0) }
  }

  /// Makes the two tensors that a native call gives.
  @safe static func madePair(
    keeping kept: Tensor?..., operation: StaticString = #function, by call: NativePairCall
  ) throws(Diagnostic) -> (Tensor, Tensor) {
    let api = unsafe try Engine.native()
    var first: OpaquePointer?
    var second: OpaquePointer?
    let status = withExtendedLifetime(kept) { unsafe call(api, &first, &second) }
    try Engine.check(status, operation)
    guard let first = unsafe first, let second = unsafe second else {
      throw Diagnostic("tensor operation '\(operation)' gave no tensors")
    }
    return unsafe (Tensor(owning: first), Tensor(owning: second))
  }

  /// Runs a native call for its effect.
  @safe static func run(
    keeping kept: [Tensor?], operation: StaticString = #function,
    _ call: (anneal_tensor_api) -> Int32
  ) throws(Diagnostic) {
    let api = unsafe try Engine.native()
    let status = withExtendedLifetime(kept) { unsafe call(api) }
    try Engine.check(status, operation)
  }

  /// The handles of a list, for a call that keeps the list alive.
  static func handles(of tensors: [Tensor]) -> [OpaquePointer?] {
    unsafe tensors.map { unsafe $0.handle }
  }
}

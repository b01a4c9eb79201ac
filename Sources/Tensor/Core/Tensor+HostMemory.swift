internal import CTensor
package import Diagnostics

extension Tensor {
  /// A tensor with copies of `values`, row-major.
  package convenience init<Scalar: TensorScalar>(
    _ values: [Scalar], shape: [Int]
  ) throws(Diagnostic) {
    try Self.require(values.count, in: shape, of: Scalar.elementType)
    unsafe self.init(owning: try Self.copy(values, shape: shape, type: Scalar.elementType))
  }

  /// A `[values.count]` tensor with copies of `values`.
  package convenience init<Scalar: TensorScalar>(_ values: [Scalar]) throws(Diagnostic) {
    try self.init(values, shape: [values.count])
  }

  /// A tensor with a copy of raw elements, row-major, in this machine's byte order.
  package convenience init(
    bytes: some Sequence<UInt8>, shape: [Int], type: ElementType
  ) throws(Diagnostic) {
    let bytes = Array(bytes)
    try Self.require(bytes.count / type.size, in: shape, of: type)
    guard bytes.count % type.size == 0 else {
      throw Diagnostic("\(bytes.count) bytes are no whole number of \(type.rawValue) elements")
    }
    unsafe self.init(owning: try Self.copy(bytes, shape: shape, type: type))
  }

  /// A tensor over memory that `owner` keeps valid and unchanged; nothing is copied.
  ///
  /// The owner is retained until the last tensor that shares the memory goes. The memory must be
  /// aligned to the element's size; operations that overwrite must not be used on the tensor
  /// unless the memory is writable.
  @unsafe package convenience init(
    viewing memory: UnsafeRawBufferPointer, shape: [Int], type: ElementType,
    owner: any AnyObject & Sendable
  ) throws(Diagnostic) {
    try Self.require(memory.count / type.size, in: shape, of: type)
    guard memory.count > 0, let address = memory.baseAddress else {
      unsafe self.init(owning: try Self.copy([UInt8](), shape: shape, type: type))
      return
    }
    guard UInt(bitPattern: address) % UInt(type.size) == 0 else {
      throw Diagnostic("memory to view as \(type.rawValue) is not aligned to \(type.size) bytes")
    }
    let retained = unsafe Unmanaged.passRetained(owner as AnyObject).toOpaque()
    var pointer: OpaquePointer?
    let status: Int32
    do throws(Diagnostic) {
      status = unsafe try Engine.native().handle.pointee.view(
        address, shape, shape.count, type.code, retained,
        { context in
          if let context = unsafe context {
            unsafe Unmanaged<AnyObject>.fromOpaque(context).release()
          }
        }, &pointer)
    } catch {
      unsafe Unmanaged<AnyObject>.fromOpaque(retained).release()
      throw error
    }
    try Engine.check(status, "view")
    guard let pointer = unsafe pointer else { throw Engine.failure(of: "view") }
    unsafe self.init(owning: pointer)
  }

  /// Lends the elements' memory, row-major, to be written; the tensor is contiguous and in host memory, and
  /// nobody else uses it meanwhile.
  @unsafe package func withMutableBytes(
    _ body: (UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let api = try unsafe Engine.native()
    var address: UnsafeRawPointer?
    try Engine.check(unsafe api.handle.pointee.address(handle, &address), "address")
    defer { withExtendedLifetime(self) {} }
    try unsafe body(
      UnsafeMutableRawBufferPointer(
        start: UnsafeMutableRawPointer(mutating: address), count: count * type.size))
  }

  /// All elements, row-major, converted to `Scalar`.
  package func array<Scalar: TensorScalar>(
    _ scalar: Scalar.Type = Scalar.self
  ) throws(Diagnostic) -> [Scalar] {
    let source = try to(Scalar.elementType)
    var values = [Scalar](repeating: .zero, count: source.count)
    try source.read(into: &values)
    return values
  }

  /// The elements' bytes, row-major, in this machine's byte order.
  package func bytes() throws(Diagnostic) -> [UInt8] {
    var values = [UInt8](repeating: 0, count: count * type.size)
    try read(into: &values)
    return values
  }

  /// The only element of a tensor with one element.
  package func item() throws(Diagnostic) -> Double {
    guard count == 1, let value = try array(Double.self).first else {
      throw Diagnostic("a tensor of \(count) elements has no single value")
    }
    return value
  }

  private func read<Element: BitwiseCopyable>(into values: inout [Element]) throws(Diagnostic) {
    let api = try unsafe Engine.native()
    let status = withExtendedLifetime(self) {
      unsafe values.withUnsafeMutableBytes { bytes in
        guard let address = bytes.baseAddress else { return ANNEAL_OK }
        return unsafe api.handle.pointee.read(handle, address, bytes.count)
      }
    }
    try Engine.check(status, "read")
  }

  private static func copy<Element: BitwiseCopyable>(
    _ values: [Element], shape: [Int], type: ElementType
  ) throws(Diagnostic) -> OpaquePointer {
    let api = try unsafe Engine.native()
    var pointer: OpaquePointer?
    // Never null, also where there is nothing to read.
    let status = unsafe api.handle.pointee.copy(values, shape, shape.count, type.code, &pointer)
    try Engine.check(status, "copy")
    guard let pointer = unsafe pointer else { throw Engine.failure(of: "copy") }
    return unsafe pointer
  }

  /// Refuses a shape that does not have `count` elements.
  private static func require(
    _ count: Int, in shape: [Int], of type: ElementType
  ) throws(Diagnostic) {
    guard let expected = elementCount(of: shape), expected == count else {
      throw Diagnostic("\(count) \(type.rawValue) elements do not fill the shape \(shape)")
    }
  }

  /// The product of the sizes, `nil` where a size is negative or the product overflows.
  static func elementCount(of shape: [Int]) -> Int? {
    var product = 1
    for size in shape {
      let (next, isOverflow) = product.multipliedReportingOverflow(by: size)
      if size < 0 || isOverflow { return nil }
      product = next
    }
    return product
  }
}

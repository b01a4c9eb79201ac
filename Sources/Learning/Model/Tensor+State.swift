import Artifacts
import Network
import Tensor

extension Tensor {
  /// Zeros in a file of a folder, which has no name and goes with the tensor: the kernel writes it out and reads
  /// it again as memory is wanted. Row-major, on the CPU, and may be written to.
  ///
  /// - Throws: A diagnostic where the folder's disk has no room for it.
  static func zeros(
    _ shape: [Int], type: ElementType = .float32, inFileOf folder: String
  ) throws -> Tensor {
    let count = saturatingProduct(shape)
    guard count > 0 else { return try zeros(shape, type: type) }
    let memory = try ScratchMemory(
      bytes: saturatingProduct([count, type.size]), of: "a training's state", in: folder)
    return try unsafe Tensor(
      viewing: UnsafeRawBufferPointer(memory.bytes), shape: shape, type: type, owner: memory)
  }

  /// A copy in a file of a folder, outside any record of gradients.
  func copied(toFileOf folder: String) throws -> Tensor {
    let copy = try Tensor.zeros(shape, type: type, inFileOf: folder)
    let source = try detach()
    try withoutGradients { try copy.copy(from: source) }
    return copy
  }
}

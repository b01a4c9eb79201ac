package import Tensor

/// A multi-dimensional array in plain memory, as runtimes take and give it.
package struct HostArray: Hashable, Sendable {
  package var type: ElementType
  package var shape: [Int]
  /// The elements in row-major order, little-endian.
  package var bytes: [UInt8]

  package init(type: ElementType, shape: [Int], bytes: [UInt8]) {
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }

  package init(_ values: [Float], shape: [Int]) {
    self.init(type: .float32, shape: shape, bytes: values.littleEndianBytes)
  }

  /// The elements where the array holds 32-bit floats, else nothing.
  package var floats: [Float] {
    type == .float32 ? [Float](littleEndianBytes: bytes) ?? [] : []
  }
}

extension HostArray {
  /// A copy of a tensor in plain memory.
  package init(_ tensor: Tensor) throws {
    self.init(type: tensor.type, shape: tensor.shape, bytes: try tensor.bytes())
  }
}

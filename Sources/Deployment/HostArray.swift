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

extension HostArray {
  /// The rows at some places, in that order.
  func rows(at places: [Int]) -> HostArray {
    guard places.count < shape[0] else { return self }
    let width = bytes.count / max(shape[0], 1)
    var taken: [UInt8] = []
    taken.reserveCapacity(places.count * width)
    for place in places { taken += bytes[place * width..<(place + 1) * width] }
    return HostArray(type: type, shape: [places.count] + shape.dropFirst(), bytes: taken)
  }
}

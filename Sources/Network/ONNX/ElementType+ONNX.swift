package import Tensor

extension ElementType {
  /// The type that ONNX gives the number; nil for types that no tensor has, such as strings.
  package init?(onnx number: Int64) {
    guard let type = Self.allCases.first(where: { $0.onnxNumber == number }) else { return nil }
    self = type
  }

  /// The number that ONNX gives the type (`TensorProto.DataType`).
  package var onnxNumber: Int64 {
    switch self {
    case .float32: 1
    case .uint8: 2
    case .int8: 3
    case .int32: 6
    case .int64: 7
    case .bool: 9
    case .float16: 10
    case .float64: 11
    case .bfloat16: 16
    }
  }
}

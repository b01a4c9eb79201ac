/// What one element of a tensor is.
package enum ElementType: String, Codable, Hashable, Sendable, CaseIterable {
  case float32, float64, float16, bfloat16, uint8, int8, int32, int64, bool

  /// Bytes of one element.
  package var size: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .float16, .bfloat16: 2
    case .float32, .int32: 4
    case .float64, .int64: 8
    }
  }

  package var isFloatingPoint: Bool {
    switch self {
    case .float32, .float64, .float16, .bfloat16: true
    case .uint8, .int8, .int32, .int64, .bool: false
    }
  }
}

internal import CTensor

extension ElementType {
  /// The engine's code of the type.
  var code: Int32 {
    switch self {
    case .float32: Int32(ANNEAL_FLOAT32.rawValue)
    case .float64: Int32(ANNEAL_FLOAT64.rawValue)
    case .float16: Int32(ANNEAL_FLOAT16.rawValue)
    case .bfloat16: Int32(ANNEAL_BFLOAT16.rawValue)
    case .uint8: Int32(ANNEAL_UINT8.rawValue)
    case .int8: Int32(ANNEAL_INT8.rawValue)
    case .int32: Int32(ANNEAL_INT32.rawValue)
    case .int64: Int32(ANNEAL_INT64.rawValue)
    case .bool: Int32(ANNEAL_BOOL.rawValue)
    }
  }

  init?(code: Int32) {
    guard let type = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = type
  }
}

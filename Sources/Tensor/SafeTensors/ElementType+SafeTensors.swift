extension ElementType {
  /// The type's name in safetensors files.
  var safeTensorsName: String {
    switch self {
    case .float32: "F32"
    case .float64: "F64"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .uint8: "U8"
    case .int8: "I8"
    case .int32: "I32"
    case .int64: "I64"
    case .bool: "BOOL"
    }
  }

  init?(safeTensorsName name: String) {
    guard let type = Self.allCases.first(where: { $0.safeTensorsName == name }) else { return nil }
    self = type
  }
}

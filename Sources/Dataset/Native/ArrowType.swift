internal import CData
internal import Tensor

/// The element types that shards store.
enum ArrowType: Int32 {
  case uint8 = 0
  case int32 = 1
  case int64 = 2
  case float32 = 3
  case float64 = 4

  /// Nil where shards do not store the type.
  init?(_ type: ElementType) {
    switch type {
    case .uint8: self = .uint8
    case .int32: self = .int32
    case .int64: self = .int64
    case .float32: self = .float32
    case .float64: self = .float64
    default: return nil
    }
  }
}

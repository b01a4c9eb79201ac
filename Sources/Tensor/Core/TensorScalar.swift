/// A Swift number with the same bits as a tensor's element.
package protocol TensorScalar: BitwiseCopyable, Sendable {
  static var elementType: ElementType { get }
  /// Fills memory before elements are copied into it.
  static var zero: Self { get }
}

extension Float: TensorScalar {
  package static var elementType: ElementType { .float32 }
}

extension Double: TensorScalar {
  package static var elementType: ElementType { .float64 }
}

extension Float16: TensorScalar {
  package static var elementType: ElementType { .float16 }
}

extension UInt8: TensorScalar {
  package static var elementType: ElementType { .uint8 }
}

extension Int8: TensorScalar {
  package static var elementType: ElementType { .int8 }
}

extension Int32: TensorScalar {
  package static var elementType: ElementType { .int32 }
}

extension Int64: TensorScalar {
  package static var elementType: ElementType { .int64 }
}

extension Int: TensorScalar {
  package static var elementType: ElementType { .int64 }
}

extension Bool: TensorScalar {
  package static var elementType: ElementType { .bool }
  package static var zero: Bool { false }
}

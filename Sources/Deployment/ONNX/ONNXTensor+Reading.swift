internal import Network
internal import Diagnostics
internal import Tensor

extension ONNXTensor {
  init(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    var number: Int64 = 0
    self.init(name: "", type: .float32, dimensions: [], bytes: [])
    var message = ONNXMessage(bytes, "a constant")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.Tensor.dimensions: dimensions += try message.integers(field)
      case ONNXSchema.Tensor.type: number = try message.integer(field)
      case ONNXSchema.Tensor.name: name = try message.text(field)
      case ONNXSchema.Tensor.rawData: self.bytes = Array(try message.bytes(field))
      case ONNXSchema.Tensor.floats: self.bytes = try message.floats(field).littleEndianBytes
      case ONNXSchema.Tensor.int64s: self.bytes = try message.integers(field).littleEndianBytes
      case ONNXSchema.Tensor.externalData: throw unread("constants in other files")
      default: break
      }
    }
    guard let type = ElementType(onnx: number) else {
      throw unread("constants of element type \(number), such as '\(name)'")
    }
    self.type = type
    try checkSize()
  }

  /// Checks that the bytes are as many as the dimensions ask for, without trusting their product.
  private func checkSize() throws(Diagnostic) {
    var expected = type.size
    for dimension in dimensions {
      let (product, overflow) = expected.multipliedReportingOverflow(by: Int(dimension))
      guard dimension >= 0, !overflow else {
        throw Diagnostic("the ONNX constant '\(name)' has the dimensions \(dimensions)")
      }
      expected = product
    }
    guard bytes.count == expected else {
      throw Diagnostic(
        "the ONNX constant '\(name)' has \(bytes.count) bytes where its shape has \(expected)")
    }
  }
}

extension ONNXValue {
  init(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    self.init(name: "", type: .float32, dimensions: [])
    var message = ONNXMessage(bytes, "an input or output")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.ValueInfo.name: name = try message.text(field)
      case ONNXSchema.ValueInfo.type:
        var info = ONNXMessage(try message.bytes(field), "a type")
        while let field = try info.next() {
          guard field.number == ONNXSchema.TypeInfo.tensor else {
            throw unread("inputs and outputs other than tensors")
          }
          try readTensorType(try info.bytes(field))
        }
      default: break
      }
    }
  }

  private mutating func readTensorType(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    var message = ONNXMessage(bytes, "a tensor type")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.TensorType.element:
        let number = try message.integer(field)
        guard let type = ElementType(onnx: number) else {
          throw unread("the element type \(number) of '\(name)'")
        }
        self.type = type
      case ONNXSchema.TensorType.shape:
        var shape = ONNXMessage(try message.bytes(field), "a shape")
        while let field = try shape.next() {
          guard field.number == ONNXSchema.Shape.dimension else { continue }
          dimensions.append(try Dimension(try shape.bytes(field)))
        }
      default: break
      }
    }
  }
}

extension ONNXValue.Dimension {
  init(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    self = .named("")
    var message = ONNXMessage(bytes, "a dimension")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.Dimension.value: self = .fixed(try message.integer(field))
      case ONNXSchema.Dimension.parameter: self = .named(try message.text(field))
      default: break
      }
    }
  }
}

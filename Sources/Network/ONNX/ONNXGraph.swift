package import Tensor

/// The part of a model in the ONNX format that says what is computed: operators over named values.
///
/// Layers are written as such operators and read from them; the file around it, and the bytes, are
/// `ONNXModel`'s.
package struct ONNXGraph: Hashable, Sendable {
  package var name = ""
  package var nodes: [ONNXNode] = []
  package var initializers: [ONNXTensor] = []
  package var inputs: [ONNXValue] = []
  package var outputs: [ONNXValue] = []

  package init() {}
}

package struct ONNXNode: Hashable, Sendable {
  package var operation: String
  package var name: String
  package var inputs: [String]
  package var outputs: [String]
  package var attributes: [ONNXAttribute] = []

  package init(
    operation: String, name: String, inputs: [String], outputs: [String],
    attributes: [ONNXAttribute] = []
  ) {
    self.operation = operation
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
  }
}

package struct ONNXAttribute: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case float(Float)
    case integer(Int64)
    case string(String)
    case integers([Int64])
    case floats([Float])
  }

  package var name: String
  package var value: Value

  package init(name: String, value: Value) {
    self.name = name
    self.value = value
  }
}

/// A graph input or output: a name, a type and dimensions that are fixed or named.
package struct ONNXValue: Hashable, Sendable {
  package enum Dimension: Hashable, Sendable {
    case fixed(Int64)
    case named(String)
  }

  package var name: String
  package var type: ElementType
  package var dimensions: [Dimension]

  package init(name: String, type: ElementType, dimensions: [Dimension]) {
    self.name = name
    self.type = type
    self.dimensions = dimensions
  }
}

/// A constant; its elements are little-endian bytes, as `raw_data` holds them.
package struct ONNXTensor: Hashable, Sendable {
  package var name: String
  package var type: ElementType
  package var dimensions: [Int64]
  package var bytes: [UInt8]

  package init(name: String, type: ElementType, dimensions: [Int64], bytes: [UInt8]) {
    self.name = name
    self.type = type
    self.dimensions = dimensions
    self.bytes = bytes
  }
}

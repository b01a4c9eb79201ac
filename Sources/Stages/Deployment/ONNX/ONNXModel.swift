package import Tensor

/// A model in the ONNX format, with the part of its schema that Anneal writes and reads.
///
/// ONNX is protocol buffers. The schema needed here is seven small messages, so its field numbers
/// stand in `ONNXSchema.swift` and the wire format is written and read by hand: that costs users
/// less than a protobuf runtime and generated code would, and lets a reader bound what it accepts.
/// Fields that are not listed are skipped in reading, as the format asks for.
package struct ONNXModel: Hashable, Sendable {
  package var irVersion: Int64 = 8
  package var producer = ""
  package var producerVersion = ""
  package var opset: Int64 = 17
  package var graph = ONNXGraph()
  /// Free entries, written in the order of their keys.
  package var metadata: [String: String] = [:]

  package init() {}
}

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
}

/// A constant; its elements are little-endian bytes, as `raw_data` holds them.
package struct ONNXTensor: Hashable, Sendable {
  package var name: String
  package var type: ElementType
  package var dimensions: [Int64]
  package var bytes: [UInt8]
}

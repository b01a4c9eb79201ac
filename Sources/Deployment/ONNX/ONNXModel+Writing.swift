internal import Artifacts
internal import Network
internal import Tensor

extension ONNXModel {
  /// The file's bytes; the same model gives the same bytes.
  package func encoded() -> [UInt8] {
    var writer = ProtobufWriter()
    writer.write(irVersion, field: ONNXSchema.Model.irVersion)
    writer.write(producer, field: ONNXSchema.Model.producerName)
    writer.write(producerVersion, field: ONNXSchema.Model.producerVersion)
    writer.write(field: ONNXSchema.Model.graph) { graph.write(to: &$0) }
    writer.write(field: ONNXSchema.Model.opsetImport) {
      $0.write("", field: ONNXSchema.OperatorSet.domain)
      $0.write(opset, field: ONNXSchema.OperatorSet.version)
    }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      writer.write(field: ONNXSchema.Model.metadata) {
        $0.write(key, field: ONNXSchema.Entry.key)
        $0.write(value, field: ONNXSchema.Entry.value)
      }
    }
    return writer.bytes
  }
}

extension ONNXGraph {
  fileprivate func write(to writer: inout ProtobufWriter) {
    for node in nodes { writer.write(field: ONNXSchema.Graph.node) { node.write(to: &$0) } }
    writer.write(name, field: ONNXSchema.Graph.name)
    for tensor in initializers {
      writer.write(field: ONNXSchema.Graph.initializer) { tensor.write(to: &$0) }
    }
    for value in inputs { writer.write(field: ONNXSchema.Graph.input) { value.write(to: &$0) } }
    for value in outputs { writer.write(field: ONNXSchema.Graph.output) { value.write(to: &$0) } }
  }
}

extension ONNXNode {
  fileprivate func write(to writer: inout ProtobufWriter) {
    for input in inputs { writer.write(input, field: ONNXSchema.Node.input) }
    for output in outputs { writer.write(output, field: ONNXSchema.Node.output) }
    writer.write(name, field: ONNXSchema.Node.name)
    writer.write(operation, field: ONNXSchema.Node.operation)
    for attribute in attributes {
      writer.write(field: ONNXSchema.Node.attribute) { attribute.write(to: &$0) }
    }
  }
}

extension ONNXAttribute {
  fileprivate func write(to writer: inout ProtobufWriter) {
    typealias Schema = ONNXSchema.Attribute
    writer.write(name, field: Schema.name)
    switch value {
    case .float(let value):
      writer.write(value, field: Schema.float)
      writer.write(Schema.isFloat, field: Schema.type)
    case .integer(let value):
      writer.write(value, field: Schema.integer)
      writer.write(Schema.isInteger, field: Schema.type)
    case .string(let text):
      writer.write(text, field: Schema.string)
      writer.write(Schema.isString, field: Schema.type)
    case .integers(let values):
      writer.write(packed: values, field: Schema.integers)
      writer.write(Schema.isIntegers, field: Schema.type)
    case .floats(let values):
      writer.write(packed: values, field: Schema.floats)
      writer.write(Schema.isFloats, field: Schema.type)
    }
  }
}

extension ONNXTensor {
  fileprivate func write(to writer: inout ProtobufWriter) {
    writer.write(packed: dimensions, field: ONNXSchema.Tensor.dimensions)
    writer.write(type.onnxNumber, field: ONNXSchema.Tensor.type)
    writer.write(name, field: ONNXSchema.Tensor.name)
    writer.write(bytes, field: ONNXSchema.Tensor.rawData)
  }
}

extension ONNXValue {
  fileprivate func write(to writer: inout ProtobufWriter) {
    writer.write(name, field: ONNXSchema.ValueInfo.name)
    writer.write(field: ONNXSchema.ValueInfo.type) { info in
      info.write(field: ONNXSchema.TypeInfo.tensor) { tensor in
        tensor.write(type.onnxNumber, field: ONNXSchema.TensorType.element)
        tensor.write(field: ONNXSchema.TensorType.shape) { shape in
          for dimension in dimensions {
            shape.write(field: ONNXSchema.Shape.dimension) { dimension.write(to: &$0) }
          }
        }
      }
    }
  }
}

extension ONNXValue.Dimension {
  fileprivate func write(to writer: inout ProtobufWriter) {
    switch self {
    case .fixed(let size): writer.write(size, field: ONNXSchema.Dimension.value)
    case .named(let name): writer.write(name, field: ONNXSchema.Dimension.parameter)
    }
  }
}

package import Diagnostics
internal import Network

extension ONNXModel {
  /// Reads a model from the bytes of a file.
  ///
  /// Unknown fields are skipped; what would change the model's meaning if it were skipped
  /// (functions, sparse or external constants, subgraphs, other operator domains) is refused.
  ///
  /// - Throws: A diagnostic with the byte at which the file is damaged, or with what is not read.
  package init(decoding bytes: [UInt8]) throws(Diagnostic) {
    var hasGraph = false
    var message = ONNXMessage(bytes[...], "the model")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.Model.irVersion: irVersion = try message.integer(field)
      case ONNXSchema.Model.producerName: producer = try message.text(field)
      case ONNXSchema.Model.producerVersion: producerVersion = try message.text(field)
      case ONNXSchema.Model.graph:
        graph = try ONNXGraph(try message.bytes(field))
        hasGraph = true
      case ONNXSchema.Model.opsetImport: try readOpset(try message.bytes(field))
      case ONNXSchema.Model.metadata: try readMetadata(try message.bytes(field))
      case ONNXSchema.Model.functions: throw unread("functions of its own")
      default: break
      }
    }
    guard hasGraph else { throw Diagnostic("the ONNX file has no graph") }
  }

  private mutating func readOpset(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    var domain = ""
    var version: Int64 = 0
    var message = ONNXMessage(bytes, "an operator set")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.OperatorSet.domain: domain = try message.text(field)
      case ONNXSchema.OperatorSet.version: version = try message.integer(field)
      default: break
      }
    }
    if domain.isEmpty || domain == "ai.onnx" { opset = version }
  }

  private mutating func readMetadata(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    var key = ""
    var value = ""
    var message = ONNXMessage(bytes, "a metadata entry")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.Entry.key: key = try message.text(field)
      case ONNXSchema.Entry.value: value = try message.text(field)
      default: break
      }
    }
    metadata[key] = value
  }
}

extension ONNXGraph {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    self.init()
    var message = ONNXMessage(bytes, "the graph")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.Graph.node: nodes.append(try ONNXNode(try message.bytes(field)))
      case ONNXSchema.Graph.name: name = try message.text(field)
      case ONNXSchema.Graph.initializer:
        initializers.append(try ONNXTensor(try message.bytes(field)))
      case ONNXSchema.Graph.input: inputs.append(try ONNXValue(try message.bytes(field)))
      case ONNXSchema.Graph.output: outputs.append(try ONNXValue(try message.bytes(field)))
      case ONNXSchema.Graph.sparseInitializer: throw unread("sparse constants")
      default: break
      }
    }
  }
}

extension ONNXNode {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    self.init(operation: "", name: "", inputs: [], outputs: [])
    var message = ONNXMessage(bytes, "a node")
    while let field = try message.next() {
      switch field.number {
      case ONNXSchema.Node.input: inputs.append(try message.text(field))
      case ONNXSchema.Node.output: outputs.append(try message.text(field))
      case ONNXSchema.Node.name: name = try message.text(field)
      case ONNXSchema.Node.operation: operation = try message.text(field)
      case ONNXSchema.Node.attribute:
        attributes.append(try ONNXAttribute(try message.bytes(field)))
      case ONNXSchema.Node.domain:
        let domain = try message.text(field)
        if !domain.isEmpty, domain != "ai.onnx" { throw unread("operators of '\(domain)'") }
      default: break
      }
    }
  }
}

extension ONNXAttribute {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    typealias Schema = ONNXSchema.Attribute
    var name = ""
    var type: Int64 = 0
    var float: Float = 0
    var integer: Int64 = 0
    var string = ""
    var integers: [Int64] = []
    var floats: [Float] = []
    var message = ONNXMessage(bytes, "an attribute")
    while let field = try message.next() {
      switch field.number {
      case Schema.name: name = try message.text(field)
      case Schema.type: type = try message.integer(field)
      case Schema.float: float = try message.float(field)
      case Schema.integer: integer = try message.integer(field)
      case Schema.string: string = try message.text(field)
      case Schema.integers: integers += try message.integers(field)
      case Schema.floats: floats += try message.floats(field)
      default: break
      }
    }
    switch type {
    case Schema.isFloat: self.init(name: name, value: .float(float))
    case Schema.isInteger: self.init(name: name, value: .integer(integer))
    case Schema.isString: self.init(name: name, value: .string(string))
    case Schema.isIntegers: self.init(name: name, value: .integers(integers))
    case Schema.isFloats: self.init(name: name, value: .floats(floats))
    default: throw unread("attributes of type \(type), such as '\(name)'")
    }
  }
}

/// The refusal of something whose skipping would change the meaning.
func unread(_ what: String) -> Diagnostic {
  Diagnostic(
    "the ONNX file has \(what), which are not read",
    remedy: "export it with plain operators, inline constants and no subgraphs")
}

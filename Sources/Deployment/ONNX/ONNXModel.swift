package import Network

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

package import Network
package import Tensor

extension WeightedNetwork {
  /// The network as an ONNX model with a dynamic batch; see `onnxGraph`.
  package func onnx(
    types: [String: ElementType], name: String, output: String, metadata: [String: String] = [:]
  ) throws -> ONNXModel {
    var model = ONNXModel()
    model.producer = "anneal"
    model.graph = try onnxGraph(types: types, name: name, output: output)
    model.metadata = metadata
    return model
  }
}

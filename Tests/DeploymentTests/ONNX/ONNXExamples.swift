import Network
import Tensor

@testable import Deployment

/// Small models for tests.
enum ONNXExamples {
  /// y = relu(x · wᵀ + b) for `[N, 3]` to `[N, 2]`.
  static var dense: ONNXModel {
    var model = ONNXModel()
    model.producer = "anneal"
    model.producerVersion = "1"
    model.metadata = ["classes": "[\"a\",\"b\"]", "author": "ä"]
    model.graph.name = "dense"
    model.graph.inputs = [
      ONNXValue(name: "x", type: .float32, dimensions: [.named("batch"), .fixed(3)])
    ]
    model.graph.outputs = [
      ONNXValue(name: "y", type: .float32, dimensions: [.named("batch"), .fixed(2)])
    ]
    model.graph.initializers = [
      ONNXTensor(
        name: "w", type: .float32, dimensions: [2, 3],
        bytes: [Float](arrayLiteral: 1, -2, 3, 0.5, 0, -1).littleEndianBytes),
      ONNXTensor(
        name: "b", type: .float32, dimensions: [2],
        bytes: [Float](arrayLiteral: 0.25, -0.25).littleEndianBytes),
    ]
    model.graph.nodes = [
      ONNXNode(
        operation: "Gemm", name: "gemm", inputs: ["x", "w", "b"], outputs: ["h"],
        attributes: [
          ONNXAttribute(name: "alpha", value: .float(1)),
          ONNXAttribute(name: "transB", value: .integer(1)),
        ]),
      ONNXNode(operation: "Relu", name: "relu", inputs: ["h"], outputs: ["y"]),
    ]
    return model
  }
}

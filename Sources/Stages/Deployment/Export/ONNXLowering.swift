internal import Network

/// A layer that has a form in ONNX.
protocol ONNXLowering: Layer {
  /// Adds what the layer computes and returns the name of its value.
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String
}

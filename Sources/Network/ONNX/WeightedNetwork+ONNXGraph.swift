import Diagnostics
package import Tensor

extension WeightedNetwork {
  /// The network as an ONNX graph with a dynamic batch.
  ///
  /// Quantised weights are stored as 8-bit integers and biases as 32-bit integers, each with its
  /// `DequantizeLinear`; rounded activations become pairs of `QuantizeLinear` and
  /// `DequantizeLinear`.
  ///
  /// - Parameters:
  ///   - types: The element type of each input as callers give it; floats where it is not named.
  ///   - output: The name of the graph's result.
  /// - Throws: A diagnostic that names a layer which has no form in ONNX.
  package func onnxGraph(
    types: [String: ElementType], name: String, output: String
  ) throws -> ONNXGraph {
    var builder = ONNXBuilder(name: name)
    var values: [String: String] = [:]
    for input in graph.inputs {
      values[input.name] = Self.declare(input, types[input.name] ?? .float32, in: &builder)
    }
    for node in graph.nodes {
      guard let layer = node.layer.traits.onnx else {
        throw Diagnostic(
          "layer '\(node.name)' (\(type(of: node.layer).type)) has no form in ONNX",
          remedy: "deploy the model without `export: [onnx]`, or use other layers")
      }
      var read = node.inputs.map { values[$0] ?? $0 }
      for (index, grid) in node.inputQuantization.enumerated() {
        if let grid { read[index] = try builder.rounding(read[index], to: grid) }
      }
      values[node.name] = try layer.lower(
        ONNXSite(
          node: node, inputs: read, inputShapes: graph.inputShapes(of: node),
          parameters: parameters),
        &builder)
    }
    let result = graph.outputs[0]
    builder.output(values[result] ?? result, as: output, graph.shapes[result] ?? [])
    return builder.graph
  }

  /// Declares an input; numbers that are no floats yet become floats, category codes stay.
  private static func declare(
    _ input: NetworkInput, _ type: ElementType, in builder: inout ONNXBuilder
  ) -> String {
    let value = builder.input(input.name, type, input.shape)
    guard type != .float32, !input.kind.traits.holdsCodes else { return value }
    return builder.cast(value, to: .float32, name: input.name + ".float")
  }
}

/// A layer that has a form in ONNX: the operators it is written as, and how these are recognised.
package protocol ONNXLayer: Layer {
  /// Adds what the layer computes and returns the name of its value.
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String

  /// The layer whose value an operator gives, if it is the last operator of such a layer.
  ///
  /// Goes by operators, attributes and constants; names say nothing. What is found is untrusted: it
  /// is checked afterwards as settings from a file are.
  static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch?
}

/// A layer found in an ONNX graph.
package struct ONNXMatch {
  package var layer: any Layer
  /// The values that the layer reads.
  package var inputs: [String]
  /// The constants that hold its parameters, by the parameters' local names.
  package var parameters: [String: ONNXParameter] = [:]
  /// How many operators are the layer; of several layers the one with the most is right.
  package var operators = 1

  package init(
    _ layer: any Layer, reading inputs: [String], _ parameters: [String: ONNXParameter?] = [:],
    operators: Int = 1
  ) {
    self.layer = layer
    self.inputs = inputs
    self.parameters = parameters.compactMapValues { $0 }
    self.operators = operators
  }
}

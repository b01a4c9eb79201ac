package import Diagnostics
package import Tensor

/// A graph together with the tensors that its layers need.
///
/// The two belong together on their way through folding, quantising, training and the engines; a
/// `NetworkRewrite` changes both. Unlike a graph the value is not valid by construction: `check`
/// says whether every tensor is there in its shape.
package struct WeightedNetwork: Sendable {
  package var graph: Network
  /// The tensors by name: `node.weight`, `node.bias`, `node.running_mean`, ….
  package var parameters: Parameters

  package init(_ graph: Network, _ parameters: Parameters) {
    self.graph = graph
    self.parameters = parameters
  }

  /// Bytes of the parameters as files hold them.
  package var bytes: Int { parameters.values.reduce(0) { $0 + $1.count * $1.type.size } }

  /// Checks that every parameter is there and has the shape that its layer needs.
  ///
  /// - Parameter source: Where the tensors come from, such as a file's name in quotes, for messages.
  package func check(from source: String) throws(Diagnostic) {
    for spec in graph.parameterSpecs {
      guard let tensor = parameters[spec.name] else {
        throw Diagnostic("\(source) has no tensor '\(spec.name)'")
      }
      guard tensor.shape == spec.shape else {
        throw Diagnostic(
          "'\(spec.name)' in \(source) has the shape \(tensor.shape) where the network needs "
            + "\(spec.shape)")
      }
    }
    for node in graph.nodes where node.weightQuantization != nil {
      let name = node.parameter("weight_scale")
      guard parameters[name] != nil else { throw Diagnostic("\(source) has no tensor '\(name)'") }
    }
  }

  /// Computes the first output for a batch; see `Network.forward`.
  package func forward(
    _ batch: [String: Tensor], _ mode: ForwardMode = .evaluation,
    observe: ((String, Tensor) throws -> Void)? = nil
  ) throws -> Tensor {
    try graph.forward(batch, parameters, mode, observe: observe)
  }
}

/// A network's tensors by name: `node.weight`, `node.bias`, `node.running_mean`, ….
package typealias Parameters = [String: Tensor]

extension [String: Tensor] {
  /// The tensor with a name.
  ///
  /// - Throws: A diagnostic where there is none, which loading a model rules out.
  package func tensor(_ name: String) throws(Diagnostic) -> Tensor {
    guard let tensor = self[name] else {
      throw Diagnostic(
        "the parameter \"\(name)\" is missing", remedy: "load the model from a complete artifact")
    }
    return tensor
  }
}

package import Diagnostics
package import Tensor

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

package import Diagnostics
package import Options
package import YAML

/// The user's own layers, one after the other, from the features in one row or a single image.
package struct LayerList: Preset {
  package static let name = "layers"
  package static let purpose = "A list of typed layers, one after the other."

  package var layers: [AnyLayer]

  package init(_ layers: [AnyLayer]) {
    self.layers = layers
  }

  package static var schema: Schema { .list(AnyLayer.schema, count: (1...).bounds.interval) }

  package var value: Value { layers.value }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> LayerList? {
    guard let layers = [AnyLayer].decode(node, into: &problems) else { return nil }
    guard !layers.isEmpty else {
      problems.add(
        Diagnostic(
          "the list of layers is empty", at: node.range,
          remedy: "end it with a linear layer that has one output for each class"))
      return nil
    }
    return LayerList(layers)
  }

  package var convolves: Bool { layers.contains { $0.layer.traits.product?.convolves ?? false } }

  package var normalizesBatches: Bool { layers.contains { $0.layer.traits.norm != nil } }

  /// Chains the layers; the last has to give the outputs.
  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    var builder = NetworkBuilder(inputs: inputs)
    let isSingle = inputs.count == 1 && !inputs[0].kind.traits.holdsCodes
    var last = isSingle ? inputs[0].name : try builder.addRow(of: inputs)
    for (index, entry) in layers.enumerated() {
      let name = "layer\(index + 1)"
      last = try builder.add(name, entry.layer, to: last)
    }
    guard builder.shape(of: last) == [outputs] else {
      throw Diagnostic(
        "the layers end with the shape \(builder.shape(of: last)), but the target needs [\(outputs)]",
        remedy: "end with 'linear: {outputs: \(outputs)}'")
    }
    return try builder.network(returning: last)
  }
}

internal import Diagnostics
package import Network
package import Pipeline
package import YAML

/// What the settings of a stage say about the layers of the model that it makes.
package struct ModelMakeup: ArtifactFact {
  /// A layer that cannot be written as ONNX.
  struct Layer: Hashable {
    let type: String
    /// Where it was written.
    let range: SourceRange
  }

  let layersWithoutONNX: [Layer]

  /// The layers in order; nil where the rows have to be looked at.
  let forms: [LayerForm]?

  /// - Parameters:
  ///   - node: The model as written; the layers of a preset all have a form in ONNX.
  ///   - inputs: What is known of the rows that it learns from.
  package init(_ model: ModelPreset, _ node: Node?, reading inputs: KnownInputs) {
    forms = Self.forms(of: model, reading: inputs)
    guard let list = model.preset as? LayerList, let node else {
      layersWithoutONNX = []
      return
    }
    let places = node["layers"]?.sequence?.map(\.range) ?? []
    layersWithoutONNX = list.layers.enumerated().compactMap { index, entry in
      let layer = entry.layer.layer
      guard layer.traits.onnx == nil else { return nil }
      let place = places.indices.contains(index) ? places[index] : node.range
      return Layer(type: Swift.type(of: layer).type, range: place)
    }
  }

  /// The layers of a model for what is known of the rows.
  static func forms(of model: ModelPreset, reading inputs: KnownInputs) -> [LayerForm]? {
    let known = Set(inputs.makeups().map(\.inputs))
    guard known.count == 1, let features = known.first ?? nil else { return nil }
    let network =
      (model.preset as? LayerList).map { try? $0.build(for: features, outputs: nil) }
      ?? (try? model.preset.network(for: features, outputs: 1))
    return network?.layerForms
  }
}

internal import Diagnostics
package import Network
internal import Pipeline
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

  /// - Parameter node: The model as written; the layers of a preset all have a form in ONNX.
  package init(_ model: ModelPreset, _ node: Node?) {
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
}

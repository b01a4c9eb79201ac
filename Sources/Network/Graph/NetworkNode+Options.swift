package import Options

extension NetworkNode: Options {
  package static let summary = "A layer in its place."

  package init() {
    self.init(name: "", inputs: [], layer: Flatten())
  }

  package static var fields: [Field<Self>] {
    option("name", \.name, required: true, "The layer's name, unique in the network.")
    option("inputs", \.inputs, required: true, "The layers or features that it reads.")
    option("layer", \.anyLayer, required: true, "What it computes.")
    option("weights", \.weightQuantization, "How the weight is stored as integers.")
    option("activations", \.inputQuantization, "The grid that each input is rounded to.")
  }

  /// The layer as it is written in a file.
  private var anyLayer: AnyLayer {
    get { AnyLayer(layer) }
    set { layer = newValue.layer }
  }

  package static func == (left: NetworkNode, right: NetworkNode) -> Bool {
    left.value == right.value
  }
}

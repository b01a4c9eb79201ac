package import Options

/// A layer of any type as files and `layers:` lists write it: `{linear: {outputs: 10}}`.
package struct AnyLayer: OpenChoice {
  package let layer: any Layer

  package init(_ layer: any Layer) {
    self.layer = layer
  }

  package static let title = "layer"
  package static let summary = "One typed operation of a network."

  package static var cases: [Case<Self>] {
    LayerCatalog.all.map { makeCase(of: $0) }
  }

  private static func makeCase<Kind: Layer>(of kind: Kind.Type) -> Case<Self> {
    Case(kind, Self.init)
  }

  package var member: any ChoiceMember { layer }
}

package import Options

/// The model that a training stage starts from: a preset, or the user's own list of layers.
package struct ModelPreset: OpenChoice {
  package let preset: any Preset

  package init(_ preset: any Preset) {
    self.preset = preset
  }

  package static var cases: [Case<Self>] {
    Case(LinearPreset.self, Self.init)
    Case(MLPPreset.self, Self.init)
    Case(CNNPreset.self, Self.init)
    Case(ResNetPreset.self, Self.init)
    Case(MobileNetV2Preset.self, Self.init)
    Case(ViTPreset.self, Self.init)
    Case(TransformerPreset.self, Self.init)
    Case(AudioCNNPreset.self, Self.init)
    Case(TabularResNetPreset.self, Self.init)
    Case(LayerList.self, Self.init)
  }

  package var member: any ChoiceMember { preset }
}

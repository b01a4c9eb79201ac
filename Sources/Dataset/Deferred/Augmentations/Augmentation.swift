package import Options

/// One random change of training rows.
package struct Augmentation: OpenChoice {
  /// The change itself.
  package let step: any AugmentationStep

  package init(_ step: any AugmentationStep) {
    self.step = step
  }

  package static let title = "Augmentation"
  package static let summary = "Changes are made in the order of their list."

  package static var cases: [Case<Self>] {
    Case(Crop.self, Self.init)
    Case(Rotate.self, Self.init)
    Case(Flip.self, Self.init)
    Case(Translate.self, Self.init)
    Case(Scale.self, Self.init)
    Case(Shear.self, Self.init)
    Case(ColorJitter.self, Self.init)
    Case(Noise.self, Self.init)
    Case(Erase.self, Self.init)
    Case(AugmentationPolicy.self, Self.init)
    Case(Mixup.self, Self.init)
    Case(CutMix.self, Self.init)
    Case(TimeShift.self, Self.init)
    Case(Gain.self, Self.init)
    Case(MaskTime.self, Self.init)
    Case(MaskFrequency.self, Self.init)
    Case(DropToken.self, Self.init)
    Case(SwapToken.self, Self.init)
    Case(Jitter.self, Self.init)
    Case(SwapNoise.self, Self.init)
  }

  package var member: any ChoiceMember { step }
}

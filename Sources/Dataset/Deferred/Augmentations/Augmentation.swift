package import Options

/// One random change of training images.
package struct Augmentation: OpenChoice {
  /// The change itself, which moves pixels.
  package let geometric: any GeometricAugmentation

  package init(_ geometric: any GeometricAugmentation) {
    self.geometric = geometric
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
  }

  package var member: any ChoiceMember { geometric }
}

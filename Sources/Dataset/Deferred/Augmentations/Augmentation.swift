package import Options

/// One random change of training images.
package enum Augmentation: Choice {
  case crop(Crop)
  case rotate(Rotate)
  case flip(Flip)
  case translate(Translate)
  case scale(Scale)
  case shear(Shear)

  package static let title = "Augmentation"
  package static let summary = "Changes are made in the order of their list."

  package static var cases: [Case<Self>] {
    Case(
      "crop", Crop.self, { .crop($0) },
      { if case .crop(let settings) = $0 { settings } else { nil } },
      "Shift the image by whole pixels.")
    Case(
      "rotate", Rotate.self, { .rotate($0) },
      { if case .rotate(let settings) = $0 { settings } else { nil } },
      "Turn the image.")
    Case(
      "flip", Flip.self, { .flip($0) },
      { if case .flip(let settings) = $0 { settings } else { nil } },
      "Mirror the image.")
    Case(
      "translate", Translate.self, { .translate($0) },
      { if case .translate(let settings) = $0 { settings } else { nil } },
      "Move the image.")
    Case(
      "scale", Scale.self, { .scale($0) },
      { if case .scale(let settings) = $0 { settings } else { nil } },
      "Make the image larger or smaller.")
    Case(
      "shear", Shear.self, { .shear($0) },
      { if case .shear(let settings) = $0 { settings } else { nil } },
      "Lean the image.")
  }

  /// The change itself, where it moves pixels.
  var geometric: any GeometricAugmentation {
    switch self {
    case .crop(let settings): settings
    case .rotate(let settings): settings
    case .flip(let settings): settings
    case .translate(let settings): settings
    case .scale(let settings): settings
    case .shear(let settings): settings
    }
  }
}

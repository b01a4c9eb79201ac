package import Options
internal import Tensor

/// How moved images are put together.
package struct Resampling: Options, Hashable {
  package var interpolation = Mode.bilinear
  package var border = Border.fill

  package init() {}

  /// How values between pixels are found.
  package enum Mode: String, NamedOption {
    case bilinear, nearest

    package var summary: String {
      switch self {
      case .bilinear: "By the four pixels around."
      case .nearest: "By the nearest pixel."
      }
    }

    var native: Interpolation { self == .nearest ? .nearest : .bilinear }
  }

  /// What lies outside an image.
  package enum Border: String, NamedOption {
    case fill, edge, reflect

    package var summary: String {
      switch self {
      case .fill: "What is zero in the data."
      case .edge: "The nearest pixel of the image."
      case .reflect: "The image, mirrored at its border."
      }
    }

    var native: ImageBorder {
      switch self {
      case .fill: .zeros
      case .edge: .edge
      case .reflect: .reflect
      }
    }
  }

  package static var fields: [Field<Self>] {
    option("interpolation", \.interpolation, "How values between pixels are found.")
    option("border", \.border, "What lies outside an image.")
  }
}

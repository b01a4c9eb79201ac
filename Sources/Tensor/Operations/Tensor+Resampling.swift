internal import CTensor
package import Diagnostics

/// How values between pixels are found.
package enum Interpolation: String, Codable, Sendable, CaseIterable {
  case nearest, bilinear, bicubic

  var code: Int32 {
    switch self {
    case .nearest: Int32(ANNEAL_NEAREST.rawValue)
    case .bilinear: Int32(ANNEAL_BILINEAR.rawValue)
    case .bicubic: Int32(ANNEAL_BICUBIC.rawValue)
    }
  }
}

/// What a place outside an image holds.
package enum ImageBorder: String, Codable, Sendable, CaseIterable {
  case zeros, edge, reflect

  var code: Int32 {
    switch self {
    case .zeros: Int32(ANNEAL_BORDER_ZEROS.rawValue)
    case .edge: Int32(ANNEAL_BORDER_EDGE.rawValue)
    case .reflect: Int32(ANNEAL_BORDER_REFLECT.rawValue)
    }
  }
}

/// Resampling of images `[N, C, H, W]`.
///
/// Coordinates (x, y) run from -1 to 1 between the outer borders of the outer pixels.
extension Tensor {
  /// The places `[N, H, W, 2]` that the affine maps `self` `[N, 2, 3]` take output pixels to, for
  /// images of `size` `[N, C, H, W]`.
  package func affineGrid(size: [Int]) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.image.pointee.affine_grid(handle, size, size.count, $1)
    }
  }

  /// Values at the places of `grid` `[N, H, W, 2]`.
  package func gridSample(
    _ grid: Tensor, interpolation: Interpolation = .bilinear, border: ImageBorder = .zeros
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, grid) {
      unsafe $0.image.pointee.grid_sample(
        handle, grid.handle, interpolation.code, border.code, $1)
    }
  }

  /// The image in another size (height, width), pixel centres to pixel centres.
  ///
  /// `antialiased` widens the filter where the image shrinks, so that every pixel counts.
  package func interpolate(
    to size: [Int], _ interpolation: Interpolation = .bilinear, antialiased: Bool = false
  ) throws(Diagnostic) -> Tensor {
    try Self.requirePairs(size)
    return try .made(keeping: self) {
      unsafe $0.image.pointee.interpolate(handle, size, interpolation.code, antialiased, $1)
    }
  }
}

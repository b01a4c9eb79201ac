internal import Dataset
internal import Network
internal import Tensor

/// One small picture of a contact sheet: three planes of bytes.
struct SheetTile {
  let height: Int
  let width: Int
  let pixels: [UInt8]

  /// Pictures are enlarged to about this many pixels, and those far larger are thinned out.
  private static let side = 96

  /// - Parameter light: The values of no light and of all.
  init(_ values: [Float], of feature: Feature, light: ClosedRange<Float>) {
    guard feature.shape.count == 3 else {
      (height, width) = (Self.side, 2 * Self.side)
      pixels = Self.wave(values, height: height, width: width, light: light)
      return
    }
    let (h, w) = (feature.shape[1], feature.shape[2])
    let longer = max(h, w)
    let factor = max(1, Self.side / longer)
    let step = max(1, longer / (2 * Self.side))
    height = h / step * factor
    width = w / step * factor
    var pixels = [UInt8](repeating: 0, count: 3 * height * width)
    let isSpectrum = feature.kind == .audio
    for channel in 0..<3 {
      let source = feature.shape[0] == 3 ? channel : 0
      for y in 0..<height {
        // The low notes of a spectrum are below.
        let row = isSpectrum ? h - 1 - y / factor * step : y / factor * step
        for x in 0..<width {
          let value = values[(source * h + row) * w + x / factor * step]
          pixels[(channel * height + y) * width + x] = Self.byte(value, light)
        }
      }
    }
    self.pixels = pixels
  }

  /// The least and the greatest sample of each stretch of time.
  private static func wave(
    _ values: [Float], height: Int, width: Int, light: ClosedRange<Float>
  ) -> [UInt8] {
    var pixels = [UInt8](repeating: 24, count: 3 * height * width)
    let bound = max(abs(light.lowerBound), abs(light.upperBound), 1e-9)
    func row(_ value: Float) -> Int {
      Int((1 - Double(min(max(value / bound, -1), 1))) / 2 * Double(height - 1))
    }
    for x in 0..<width {
      let first = x * values.count / width
      let stretch = values[first..<max(first + 1, (x + 1) * values.count / width)]
      for y in row(stretch.max() ?? 0)...row(stretch.min() ?? 0) {
        for channel in 0..<3 { pixels[(channel * height + y) * width + x] = 230 }
      }
    }
    return pixels
  }

  private static func byte(_ value: Float, _ light: ClosedRange<Float>) -> UInt8 {
    let share = (value - light.lowerBound) / (light.upperBound - light.lowerBound)
    return share.isNaN ? 0 : UInt8((min(max(share, 0), 1) * 255).rounded())
  }
}

extension Feature {
  /// The values of no light and of all: those of a byte for pictures out of files, and what occurs for columns
  /// of numbers and for sounds.
  ///
  /// - Parameter values: Those that are shown together.
  func light(in values: some Sequence<Float>) -> ClosedRange<Float> {
    if type == .uint8, elements.isEmpty { return 0...255 }
    let known = values.filter(\.isFinite)
    let low = type == .uint8 ? 0 : known.min() ?? 0
    return low...max(known.max() ?? 1, low + 1e-6)
  }
}

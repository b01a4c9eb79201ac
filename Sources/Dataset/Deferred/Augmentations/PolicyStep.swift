internal import Tensor

/// The steps that the policies draw from: those of Torchvision's `RandAugment` and `TrivialAugmentWide`.
///
/// Maps are about the middle of the image here. What Torchvision moves by up to 32 pixels is bounded by
/// the part of the side that `RandAugment` moves at most, so that small images stay in sight.
enum PolicyStep: CaseIterable {
  case identity, shearX, shearY, translateX, translateY, rotate
  case brightness, color, contrast, sharpness, posterize, solarize, autocontrast, equalize

  /// The part of a side that images move at most.
  private static let farthest = 150 / 331.0

  /// - Parameters:
  ///   - strength: From 0 to 1.
  ///   - isWide: Whether ranges are those of `TrivialAugmentWide`.
  func add(
    to changes: inout ImageChanges, strength: Double, isWide: Bool, from stream: inout RandomStream
  ) {
    let sign = stream.bernoulli(0.5) ? -1.0 : 1.0
    func signed(_ narrow: Double, _ wide: Double) -> Double {
      sign * strength * (isWide ? wide : narrow)
    }
    func distance(_ side: Int) -> Double {
      let bound = Self.farthest * Double(side)
      return signed(bound, min(32, bound)).rounded(.towardZero)
    }
    switch self {
    case .identity: break
    case .shearX: changes.append(ImageMap(xy: signed(0.3, 0.99)))
    case .shearY: changes.append(ImageMap(yx: signed(0.3, 0.99)))
    case .translateX: changes.append(ImageMap.shift(x: -distance(changes.width), y: 0))
    case .translateY: changes.append(ImageMap.shift(x: 0, y: -distance(changes.height)))
    case .rotate: changes.append(ImageMap.rotation(degrees: signed(30, 135)))
    case .brightness: changes.append(.brightness(1 + signed(0.9, 0.99)))
    case .color: changes.append(.saturation(1 + signed(0.9, 0.99)))
    case .contrast: changes.append(.contrast(1 + signed(0.9, 0.99)))
    case .sharpness: changes.append(.sharpness(1 + signed(0.9, 0.99)))
    case .posterize:
      changes.append(
        .posterize(bits: 8 - Int((strength * (isWide ? 6 : 4)).rounded(.toNearestOrEven))))
    case .solarize: changes.append(.solarize(from: 1 - strength))
    case .autocontrast: changes.append(.autocontrast)
    case .equalize: changes.append(.equalize)
    }
  }
}

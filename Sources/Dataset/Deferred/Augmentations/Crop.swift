package import Diagnostics
package import Options
package import Tensor
package import YAML

/// Cuts a part of an image out at a random place: its own size after padding all sides, or a random area,
/// which is brought to the image's size (Szegedy et al. 2015).
package struct Crop: Options, GeometricAugmentation {
  package var padding = 1
  package var area: [Fraction] = []
  package var aspect = [0.75, 4 / 3.0]
  package var probability: Fraction = 1

  package init() {}

  package static let name = "crop"
  package static let purpose = "Shift the image by whole pixels, or enlarge a part of it."
  package static let title = "Crop"
  package static let summary =
    "Shifts the image by whole pixels, as padding and cropping does, or enlarges a part of it."
  package static let shorthand: String? = "padding"

  package static var fields: [Field<Self>] {
    option(
      "padding", \.padding, in: 1...4096, "Pixels to pad each side with, where there is no 'area'.")
    option(
      "area", \.area, count: 0...2,
      "The smallest and the largest part of the image's area to enlarge, such as [8%, 100%].")
    option(
      "aspect", \.aspect, count: 2...2, in: 0.01...100.0,
      "The least and the greatest width of that part in heights.")
    option("probability", \.probability, "The part of the images that change.")
  }

  package static let rules: [Rule] = [.any([.usual("area"), .usual("padding")])]

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    func problem(_ key: String, _ fact: String, _ remedy: String) -> [Diagnostic] {
      [Diagnostic(fact, at: (node[key] ?? node).range, remedy: remedy)]
    }
    if settings.aspect[0] > settings.aspect[1] {
      return problem("aspect", "no aspects lie between these", "write the smaller one first")
    }
    guard !settings.area.isEmpty else { return [] }
    guard settings.area.count == 2, settings.area[0] <= settings.area[1], settings.area[0] > 0
    else {
      return problem(
        "area", "an area is the smallest and the largest part", "for example 'area: [8%, 100%]'")
    }
    guard settings.padding == Crop().padding else {
      return problem(
        "padding", "a part to enlarge needs no padding", "leave 'padding' or 'area' out")
    }
    return []
  }

  package func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap {
    guard stream.bernoulli(probability.double) else { return .identity }
    guard area.isEmpty else { return enlargement(height: height, width: width, from: &stream) }
    let x = stream.bounded(in: -padding...padding)
    let y = stream.bounded(in: -padding...padding)
    return .shift(x: Double(x), y: Double(y))
  }

  /// The part is drawn as Torchvision's `RandomResizedCrop` draws it: ten trials of an area and an
  /// aspect, and then the middle with the nearest aspect.
  private func enlargement(
    height: Int, width: Int, from stream: inout RandomStream
  ) -> ImageMap {
    for _ in 0..<10 {
      let share = stream.uniform(in: area[0].double...area[1].double)
      let target = share * Double(height * width)
      let ratio = stream.logUniform(in: aspect[0]...aspect[1])
      let w = Int((target * ratio).squareRoot().rounded())
      let h = Int((target / ratio).squareRoot().rounded())
      guard 0 < w, w <= width, 0 < h, h <= height else { continue }
      let top = stream.bounded(in: 0...(height - h))
      let left = stream.bounded(in: 0...(width - w))
      return .part(left: left, top: top, width: w, height: h, of: (height, width))
    }
    let ratio = Double(width) / Double(height)
    let held = min(max(ratio, aspect[0]), aspect[1])
    let w = held < ratio ? max(1, Int((Double(height) * held).rounded())) : width
    let h = held > ratio ? max(1, Int((Double(width) / held).rounded())) : height
    return .part(
      left: (width - w) / 2, top: (height - h) / 2, width: w, height: h, of: (height, width))
  }

  package func check(_ image: Feature) throws(Diagnostic) {
    let side = image.shape.dropFirst().min() ?? 0
    guard area.isEmpty, padding >= side else { return }
    throw Diagnostic(
      "'crop' with a padding of \(padding) can move all of '\(image.name)', whose shorter "
        + "side is \(side), out of sight",
      remedy: "use a padding below \(side)")
  }
}

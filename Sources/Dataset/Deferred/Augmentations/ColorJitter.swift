package import Diagnostics
package import Options
package import Tensor
package import YAML

/// Changes the light of an image by random amounts, in a random order, as Torchvision's `ColorJitter` does.
package struct ColorJitter: Options, ImageAugmentation {
  package var brightness = 0.0
  package var contrast = 0.0
  package var saturation = 0.0
  package var hue = 0.0
  package var probability: Fraction = 1

  package init() {}

  package static let name = "color"
  package static let purpose = "Change brightness, contrast, saturation and hue."
  package static let title = "Color"
  package static let summary =
    "Changes the light of the image by random amounts, in a random order. Saturation and hue change "
    + "images of three channels alone."

  package static var fields: [Field<Self>] {
    option(
      "brightness", \.brightness, in: 0...10, "The largest change, as a part of the brightness.")
    option("contrast", \.contrast, in: 0...10, "The largest change, as a part of the contrast.")
    option(
      "saturation", \.saturation, in: 0...10, "The largest change, as a part of the saturation.")
    option(
      "hue", \.hue, in: 0...0.5, "The largest turn either way, as a part of the circle of hues.")
    option("probability", \.probability, "The part of the images that change.")
  }

  package static let rules: [Rule] = [
    .any(["brightness", "contrast", "saturation", "hue"].map { .given($0) })
  ]

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard settings.brightness == 0, settings.contrast == 0, settings.saturation == 0,
      settings.hue == 0
    else { return [] }
    return [
      Diagnostic(
        "'color' changes nothing", at: node.range,
        remedy: "say what and how much, for example 'color: {brightness: 0.2, contrast: 0.2}'")
    ]
  }

  package static var whenEmpty: Self? { nil }

  package func add(to changes: inout ImageChanges, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    func part(_ amount: Double) -> Double { stream.uniform(in: max(0, 1 - amount)...1 + amount) }
    let drawn: [(Double, ImageChange)] = [
      (brightness, .brightness(part(brightness))), (contrast, .contrast(part(contrast))),
      (saturation, .saturation(part(saturation))), (hue, .hue(stream.uniform(in: -hue...hue))),
    ]
    for place in stream.permutation(drawn.count) where drawn[place].0 > 0 {
      changes.append(drawn[place].1)
    }
  }
}

package import Diagnostics
package import Options
package import Tensor
package import YAML

/// Fills a random rectangle of an image (Zhong et al. 2017), drawn as Torchvision's `RandomErasing` does.
package struct Erase: Options, ImageAugmentation {
  package var area: [Fraction] = [0.02, 0.33]
  package var aspect = [0.3, 3.3]
  package var fill = Filling.black
  package var probability: Fraction = 0.5

  package init() {}

  package static let name = "erase"
  package static let purpose = "Fill a random rectangle."
  package static let title = "Erase"
  package static let summary = "Fills a random rectangle of the image."

  /// What a rectangle is filled with.
  package enum Filling: String, NamedOption {
    case black, grey, noise

    package var summary: String {
      switch self {
      case .black: "No light, which is 0 or the least value of the training images."
      case .grey: "The middle of the range of light."
      case .noise: "A random value for each pixel and channel."
      }
    }

    var light: Double? {
      switch self {
      case .black: 0
      case .grey: 0.5
      case .noise: nil
      }
    }
  }

  package static var fields: [Field<Self>] {
    option("area", \.area, count: 2...2, "The smallest and the largest part of the image's area.")
    option(
      "aspect", \.aspect, count: 2...2, in: 0.01...100.0,
      "The least and the greatest height of the rectangle in widths.")
    option("fill", \.fill, "What it is filled with.")
    option("probability", \.probability, "The part of the images that change.")
  }

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    for (key, isOrdered) in [
      ("area", settings.area[0] <= settings.area[1]),
      ("aspect", settings.aspect[0] <= settings.aspect[1]),
    ] where !isOrdered {
      return [
        Diagnostic(
          "nothing lies between the ends of '\(key)'", at: (node[key] ?? node).range,
          remedy: "write the smaller one first")
      ]
    }
    return []
  }

  package func add(to changes: inout ImageChanges, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    for _ in 0..<10 {
      let share = stream.uniform(in: area[0].double...area[1].double)
      let target = share * Double(changes.height * changes.width)
      let ratio = stream.logUniform(in: aspect[0]...aspect[1])
      let h = Int((target * ratio).squareRoot().rounded())
      let w = Int((target / ratio).squareRoot().rounded())
      guard h < changes.height, w < changes.width else { continue }
      let y = stream.bounded(in: 0...(changes.height - h))
      let x = stream.bounded(in: 0...(changes.width - w))
      changes.append(
        .erase(x: x, y: y, width: w, height: h, light: fill.light, from: stream))
      return
    }
  }
}

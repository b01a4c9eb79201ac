package import Diagnostics
package import Options
package import YAML

extension Normalize {
  /// A mean and a deviation that are known.
  package struct Constants: Options {
    package var set: ConstantSet?
    package var mean: OneOrMany<Double> = []
    package var std: OneOrMany<Double> = []
    package var divisor: Double?
    package var extent = Extent()

    package init() {}

    package static let title = "Constants"
    package static let summary =
      "Images of bytes are divided by 255 before, as the constants of other programs expect."
    package static let shorthand: String? = "set"

    package static var fields: [Field<Self>] {
      option("set", \.set, "The constants of a collection of images that models are trained on.")
      option("mean", \.mean, "The mean of each channel or column, or one for all.")
      option(
        "std", \.std, in: 1e-30...1e30, "The deviation of each channel or column, or one for all.")
      option(
        "divisor", \.divisor, in: 1e-30...1e30,
        "What values are divided by before: 255 for images of bytes, and 1 for others, by default.")
      Extent.places.map { $0.lifted(to: \.extent) }
    }

    package static let rules: [Rule] = [
      .any([.given("set"), .all([.given("mean"), .given("std")])])
    ]

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let isExplicit = !settings.mean.elements.isEmpty || !settings.std.elements.isEmpty
      if settings.set != nil, isExplicit {
        return [
          Diagnostic(
            "the constants are given twice", at: (node["mean"] ?? node["std"] ?? node).range,
            remedy: "write either 'set' or 'mean' and 'std'")
        ]
      }
      if settings.set == nil, settings.mean.elements.isEmpty || settings.std.elements.isEmpty {
        return [
          Diagnostic(
            "the constants are not all given", at: node.range,
            remedy: "write 'constants: imagenet', or 'constants: {mean: […], std: […]}'")
        ]
      }
      let counts = Set([settings.mean, settings.std].map(\.elements.count)).subtracting([0, 1])
      guard counts.count > 1 else { return [] }
      return [
        Diagnostic(
          "\(settings.mean.elements.count) means do not go with "
            + "\(settings.std.elements.count) deviations", at: (node["std"] ?? node).range,
          remedy: "write one of each for each channel or column")
      ]
    }

    package static var whenEmpty: Self? { nil }

    var means: [Double] { self.set?.means ?? mean.elements }
    var deviations: [Double] { self.set?.deviations ?? std.elements }
  }

  /// Constants that models trained on well-known images expect, of values from 0 to 1.
  package enum ConstantSet: String, NamedOption {
    case imagenet
    case cifar10
    case mnist

    package var summary: String {
      switch self {
      case .imagenet: "Those of ImageNet, which most published models for photographs expect."
      case .cifar10: "Those of CIFAR-10."
      case .mnist: "Those of MNIST."
      }
    }

    var means: [Double] {
      switch self {
      case .imagenet: [0.485, 0.456, 0.406]
      case .cifar10: [0.4914, 0.4822, 0.4465]
      case .mnist: [0.1307]
      }
    }

    var deviations: [Double] {
      switch self {
      case .imagenet: [0.229, 0.224, 0.225]
      case .cifar10: [0.247, 0.2435, 0.2616]
      case .mnist: [0.3081]
      }
    }
  }
}

package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// The window and weights of a Gaussian.
  package struct GaussianFilter: Options {
    package var size = 5
    package var sigma = 1.0

    package init() {}

    package static let title = "Gaussian"

    package static var fields: [Field<Self>] {
      option("size", \.size, in: 3...99, only: .odd, "The side of the window in pixels, odd.")
      option("sigma", \.sigma, in: .above(0), "The deviation of the weights in pixels.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      evenSide("size", settings.size, node)
    }
  }
}

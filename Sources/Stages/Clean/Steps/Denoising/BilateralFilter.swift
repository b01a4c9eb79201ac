package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// The window and weights of a bilateral filter.
  package struct BilateralFilter: Options {
    package var size = 5
    package var strength = 30.0
    package var spread = 2.0

    package init() {}

    package static let title = "Bilateral"

    package static var fields: [Field<Self>] {
      option("size", \.size, in: 3...31, only: .odd, "The side of the window in pixels, odd.")
      option("strength", \.strength, in: .above(0), "The difference of levels that still counts.")
      option("spread", \.spread, in: .above(0), "The deviation of the weights in pixels.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      evenSide("size", settings.size, node)
    }
  }
}

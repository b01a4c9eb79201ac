package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// What non-local means compares, and how far it looks.
  package struct NonLocalMeansFilter: Options {
    package var size = 7
    package var search = 21
    package var strength = 10.0

    package init() {}

    package static let title = "Non-local means"

    package static var fields: [Field<Self>] {
      option("size", \.size, in: 3...31, only: .odd, "The side of the compared surroundings, odd.")
      option("search", \.search, in: 3...99, only: .odd, "The side of the window searched, odd.")
      option(
        "strength", \.strength, in: .above(0),
        "How strongly to filter; near the noise's sigma.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      evenSide("size", settings.size, node) + evenSide("search", settings.search, node)
    }
  }
}

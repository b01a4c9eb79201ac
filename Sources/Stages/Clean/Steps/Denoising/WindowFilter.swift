package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// The window of a plain filter.
  package struct WindowFilter: Options {
    package var size = 3

    package init() {}

    package static let title = "Window"
    package static let shorthand: String? = "size"

    package static var fields: [Field<Self>] {
      option("size", \.size, in: 3...31, only: .odd, "The side of the window in pixels, odd.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      evenSide("size", settings.size, node)
    }
  }
}

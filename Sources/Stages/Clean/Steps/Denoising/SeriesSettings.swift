internal import Dataset
package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// A window that moves along the rows.
  package struct MovingWindow: Options {
    package var size = 5
    package var window = WindowPlace.centered
    package var columns: OneOrMany<Pattern> = []
    package var group: Pattern?

    package init() {}

    package static let title = "Moving window"
    package static let shorthand: String? = "size"

    package static var fields: [Field<Self>] {
      option("size", \.size, in: 2...9999, "How many rows the window has.")
      option("window", \.window, "Where the window lies; a centred one has an odd size.")
      option("columns", \.columns, "The number columns to go along; all by default.")
      option("group", \.group, "The column whose equal values make rows one sequence.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      settings.window == .centered ? evenSide("size", settings.size, node) : []
    }
  }

  /// Where a window lies about its row.
  package enum WindowPlace: String, NamedOption {
    case centered
    case past

    package var summary: String {
      switch self {
      case .centered: "Around the row, with as many rows before as behind."
      case .past: "The row and those before, for values that are to be forecast."
      }
    }
  }

  /// A polynomial that moves along the rows.
  package struct MovingPolynomial: Options {
    package var size = 5
    package var degree = 2
    package var edges = SeriesEdges.interp
    package var columns: OneOrMany<Pattern> = []
    package var group: Pattern?

    package init() {}

    package static let title = "Savitzky-Golay"

    package static var fields: [Field<Self>] {
      option("size", \.size, in: 3...999, only: .odd, "How many rows the window has, odd.")
      option("degree", \.degree, in: 0...12, "The degree of the polynomial, below the size.")
      option("edges", \.edges, "What is beyond the ends, by SciPy's names.")
      option("columns", \.columns, "The number columns to go along; all by default.")
      option("group", \.group, "The column whose equal values make rows one sequence.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      guard settings.degree < settings.size else {
        return [
          Diagnostic(
            "a polynomial of degree \(settings.degree) goes through all \(settings.size) values",
            at: (node["degree"] ?? node).range, remedy: "choose a degree below the size")
        ]
      }
      return evenSide("size", settings.size, node)
    }
  }

  /// What stands beyond the ends of a series.
  package enum SeriesEdges: String, NamedOption {
    case interp
    case mirror
    case nearest
    case wrap
    case constant

    package var summary: String {
      switch self {
      case .interp: "Nothing; the polynomial of the last whole window goes on to the end."
      case .mirror: "The series mirrored at its last value."
      case .nearest: "The last value."
      case .wrap: "The other end."
      case .constant: "Zeros."
      }
    }

    var edges: SeriesFilter.Edges {
      switch self {
      case .interp: .interpolated
      case .mirror: .mirrored
      case .nearest: .nearest
      case .wrap: .wrapped
      case .constant: .zero
      }
    }
  }
}

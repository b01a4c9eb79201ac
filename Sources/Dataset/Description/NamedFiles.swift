internal import Diagnostics
internal import Options
internal import YAML

/// Where the files are that a column of a table names, and what is made of a row that names none.
package struct NamedFiles: Hashable, Sendable {
  /// What a row without a file becomes.
  package enum Absent: String, NamedOption {
    case error
    case blank

    package var summary: String {
      switch self {
      case .error: "A bad row."
      case .blank: "A black picture, or silence."
      }
    }
  }

  /// The folder that paths start at, from the table's own folder; empty for that itself.
  package var root: String
  package var absent: Absent

  /// How pictures of other proportions come to the size.
  package var fit: ImageFit

  /// Nil for white behind transparent pixels, and black around a picture that is contained.
  package var background: Background?

  package init(
    root: String = "", absent: Absent = .error, fit: ImageFit = .cover,
    background: Background? = nil
  ) {
    self.root = root
    self.absent = absent
    self.fit = fit
    self.background = background
  }
}

extension NamedFiles {
  var value: Value {
    [
      "root": .string(root), "absent": .string(absent.rawValue), "fit": .string(fit.rawValue),
      "background": background?.value ?? .null,
    ]
  }

  /// Reads what `value` wrote; it is untrusted.
  init(_ reader: MemberReader) throws(Diagnostic) {
    root = try reader.string("root")
    absent = try reader.choice("absent")
    fit = try reader.choice("fit")
    let colour = reader.object["background"]?.string
    background = colour.flatMap(Background.init)
    guard (colour == nil) == (background == nil) else {
      throw reader.problem("background", "is no colour")
    }
    guard !root.contains("\0") else { throw reader.problem("root", "is no path") }
  }
}

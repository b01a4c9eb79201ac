package import Dataset
package import Diagnostics
package import Network
package import Options
package import YAML

extension Load {
  /// One declared input of a table.
  package struct FeatureSettings: Options {
    /// A kind under the name that it has in a pipeline.
    package struct Kind: NamedOption {
      package let kind: FeatureKind

      package init(_ kind: FeatureKind) { self.kind = kind }

      package static let allCases = FeatureKind.allCases.map(Kind.init)
      package var rawValue: String { kind.traits.noun }
      package var summary: String { kind.traits.summary }

      package init?(rawValue: String) { self.init(name: rawValue) }
    }

    package var columns: OneOrMany<Pattern> = []
    package var kind: Kind?
    package var height: Int?
    package var width: Int?
    package var channels: Int = 1
    package var parts: OneOrMany<DatePart> = []

    package init() {}

    package static let title = "Feature"
    package static let summary = "Which columns make one input, and what they mean."
    package static let shorthand: String? = "columns"

    package static var fields: [Field<Self>] {
      option(
        "columns", \.columns, required: true,
        "The columns by name or pattern; an image's are its pixels row by row, plane after plane.")
      option("kind", \.kind, "What the columns mean; by default their values tell.")
      option("height", \.height, in: 1...4096, "The rows of an image.")
      option("width", \.width, in: 1...4096, "The columns of an image.")
      option("channels", \.channels, in: 1...4, "The planes of an image.")
      option(
        "parts", \.parts,
        "What a date becomes; by default age, season and week, and daytime where there are times.")
    }

    package static let rules: [Rule] = [
      .different("columns", []), .together("height", "width"),
      .any([.different("kind", "image"), .given("height")]),
      .whereGiven("kind", .any([.equal("kind", "image"), .usual("height")])),
    ]

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      if settings.columns.elements.isEmpty {
        return [Diagnostic("a feature has no columns", at: node.range)]
      }
      if (settings.height == nil) != (settings.width == nil) {
        return [
          Diagnostic(
            "an image needs both 'height' and 'width'", at: node.range,
            remedy: "add '\(settings.height == nil ? "height" : "width"): …'")
        ]
      }
      if settings.kind?.kind == .image && settings.height == nil {
        return [
          Diagnostic(
            "the size of the image is not given", at: node.range,
            remedy: "add 'height: …' and 'width: …'")
        ]
      }
      if let kind = settings.kind, kind.kind != .image, settings.height != nil {
        return [
          Diagnostic(
            "a \(kind.name) has no height", at: node["height"]?.range ?? node.range,
            remedy: "write 'kind: image', or remove 'height' and 'width'")
        ]
      }
      if let kind = settings.kind, kind.kind != .date, !settings.parts.elements.isEmpty {
        return [
          Diagnostic(
            "a \(kind.name) has no parts", at: node["parts"]?.range ?? node.range,
            remedy: "write 'kind: date', or remove 'parts'")
        ]
      }
      return []
    }

    func declaration(named name: String) -> FeatureDeclaration {
      var picture: Picture?
      if let height, let width {
        picture = Picture(channels: channels, height: height, width: width)
      }
      return FeatureDeclaration(
        name: name, columns: columns.elements,
        kind: kind?.kind ?? (parts.elements.isEmpty ? nil : .date), picture: picture,
        parts: parts.elements)
    }
  }
}

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
    package var root: String?
    package var absent = NamedFiles.Absent.error
    var image = ImageFolders.Settings()
    var text = TextSettings()
    var audio = AudioSettings()

    package init() {}

    package static let title = "Feature"
    package static let summary = "Which columns make one input, and what they mean."
    package static let shorthand: String? = "columns"

    package static var fields: [Field<Self>] {
      option(
        "columns", \.columns, required: true,
        "The columns by name or pattern; an image's are its pixels row by row, plane after plane, or one "
          + "column of its file's path.")
      option("kind", \.kind, "What the columns mean; by default their values tell.")
      option("height", \.height, in: 1...4096, "The rows of an image.")
      option("width", \.width, in: 1...4096, "The columns of an image.")
      option("channels", \.channels, in: 1...4, "The planes of an image.")
      option(
        "parts", \.parts,
        "What a date becomes; by default age, season and week, and daytime where there are times.")
      option(
        "root", \.root,
        "The folder of image or sound files that the column names; by default that of the table."
      ).omittedByDefault()
      option("absent", \.absent, "What a row becomes whose cell names no file.").omittedByDefault()
      ImageFolders.Settings.fields.map { $0.lifted(to: \.image).omittedByDefault() }
      TextSettings.fields.map { $0.lifted(to: \.text) }
      AudioSettings.fields.map { $0.lifted(to: \.audio) }
    }

    package static let rules: [Rule] = [
      .different("columns", []), .together("height", "width"),
      .any([.different("kind", "image"), .given("height"), .given("size")]),
      .any([.different("kind", "audio"), .given("seconds")]),
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
      let isOfFiles = settings.image.fileReader != nil
      if settings.kind?.kind == .image && settings.height == nil && !isOfFiles {
        return [
          Diagnostic(
            "the size of the image is not given", at: node.range,
            remedy: "add 'height: …' and 'width: …' where columns are its pixels",
            "or 'size: …' where one column names its file")
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
      return misplaced(settings, node) + formProblems(settings, node)
    }

    /// Keys that mean something for other kinds only.
    private static func misplaced(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let files = ["root", "absent"]
      let owners: [(kind: FeatureKind, keys: [String])] = [
        (.image, files + ImageFolders.Settings.names), (.audio, files + AudioSettings.names),
        (.text, TextSettings.names),
      ]
      return owners.flatMap(\.keys).filter { node[$0] != nil }.compactMap { key in
        let kinds = owners.filter { $0.keys.contains(key) }.map(\.kind)
        let place = node[key]?.range ?? node.range
        guard let kind = settings.kind?.kind else {
          return Diagnostic(
            "'\(key)' says what is made of \(kinds.map(\.traits.plural).joined(separator: " and "))",
            at: place,
            remedy:
              "write \(kinds.map { "'kind: \($0.traits.noun)'" }.joined(separator: " or ")) too")
        }
        if kind == .image, kinds.contains(.image), settings.height != nil {
          return Diagnostic(
            "an image whose columns are its pixels has no '\(key)'", at: place,
            remedy: "remove it, or 'height' and 'width' where the column names a file")
        }
        return kinds.contains(kind)
          ? nil
          : Diagnostic(
            "\(kind.traits.plural) have no '\(key)'", at: place,
            remedy:
              "remove it, or write \(kinds.map { "'kind: \($0.traits.noun)'" }.joined(separator: " or "))"
          )
      }
    }

    private static func formProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
      switch settings.kind?.kind {
      case .audio? where settings.audio.seconds == nil:
        [
          Diagnostic(
            "the length of the sounds is not given", at: node.range,
            remedy: "add 'seconds: …', to which all are cut or padded")
        ]
      case .audio?: AudioSettings.check(settings.audio, node)
      case .text?: TextSettings.check(settings.text, node)
      default: []
      }
    }

    /// - Parameter search: Finds the folder of the files that a column names.
    func declaration(named name: String, _ search: FileSearch) -> FeatureDeclaration {
      var picture: Picture?
      if let height, let width {
        picture = Picture(channels: channels, height: height, width: width)
      }
      picture = picture ?? image.fileReader?.picture
      var declaration = FeatureDeclaration(
        name: name, columns: columns.elements,
        kind: kind?.kind ?? (parts.elements.isEmpty ? nil : .date), picture: picture,
        parts: parts.elements)
      if kind?.kind == .text { declaration.text = text }
      if kind?.kind == .audio { declaration.audio = audio.form }
      if namesFiles {
        declaration.files = DeclaredFiles(
          root: root.map(search.file), absent: absent,
          reader: kind?.kind == .image ? image.fileReader : nil)
      }
      return declaration
    }

    /// Whether the column names files.
    var namesFiles: Bool {
      kind?.kind == .audio || (kind?.kind == .image && height == nil)
    }
  }
}

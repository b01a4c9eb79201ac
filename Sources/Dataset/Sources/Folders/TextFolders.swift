package import Diagnostics
package import Network
package import Options
package import YAML

/// Text files in a folder for each class, or without classes.
package enum TextFolders: Source {
  package static let key = "text"
  package static let summary =
    "Folders of text files with a folder for each class, or the files themselves."
  package static let sharedKeys: [SharedKey] = []
  package static let noun = "a text"
  package static let rules: [Rule] = [
    .different("task", "regression"), .different("task", "multi-label"),
  ]

  /// Nothing tells a text from a table of one column.
  package static func recognizes(_ start: FileStart) -> Bool { false }

  /// What a row is.
  enum Documents: String, NamedOption {
    case files
    case lines

    var summary: String {
      switch self {
      case .files: "Each file is a text."
      case .lines:
        "Each line that is not blank is a text; a file that is named itself is a class of its name."
      }
    }
  }

  package struct Settings: Options {
    var documents = Documents.files
    var text = TextSettings()

    package init() {}

    package static var fields: [Field<Self>] {
      option("documents", \.documents, "What of a file is a text.").omittedByDefault()
      TextSettings.fields.map { $0.lifted(to: \.text) }
    }
  }

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    FileListing.problems(of: .texts, request, node) + TextSettings.check(settings.text, node)
  }

  package static func kinds(_ request: RowRequest) -> Set<FeatureKind> { [.text] }

  package static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook {
    FileListing.look(for: .texts, under: key, request, search, node)
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    let listing = try FileListing(
      of: .texts, request, search, isNamedByFile: settings.documents == .lines)
    var text = FeatureDeclaration(
      name: "text", columns: [Pattern("text")].compactMap { $0 }, kind: .text)
    text.text = settings.text
    let cell = settings.documents == .lines ? FolderContents.Cell.line : .text
    return try TableSource(
      FolderContents(listing.items, of: .texts, cell), of: text, request, listing.warnings,
      listing.remarks)
  }

  package static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)? {
    guard provenance["format"]?.string == FolderContents.format(of: .texts) else { return nil }
    let items = try FileListing.newFiles(files, of: .texts, target.classes)
    let cell = provenance["cell"]?.string.flatMap(FolderContents.Cell.init) ?? .text
    return try TableSource(
      FolderContents(items, of: .texts, cell), features: features, target: target)
  }
}

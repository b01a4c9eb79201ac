package import Diagnostics
package import Network
package import Options
package import YAML

/// Tables with `|` between their fields.
package enum PipedTables: Source {
  package static let key = "piped"
  package static let summary = "Tables with a vertical bar between fields."
  package static let noun = "a piped table"
  package static let sharedKeys: [SharedKey] = [.target, .features]

  package struct Settings: Options {
    package init() {}

    package static let title = "piped"
    package static let summary = "Tables with a vertical bar between fields."
    package static var fields: [Field<Self>] { [] }
  }

  private static let format = TableFormat(delimiter: UInt8(ascii: "|"))

  package static func recognizes(_ start: FileStart) -> Bool { start.ends(".piped") }

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] { [] }

  package static func kinds(_ request: RowRequest) -> Set<FeatureKind> {
    CSVFiles.kinds(request)
  }

  package static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook { SourceLook() }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    try TableSource(
      search.files(request.patterns), format: format, selection: TableSelection(request))
  }

  package static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)? {
    guard files.allSatisfy({ $0.name.hasSuffix(".piped") }) else { return nil }
    return try TableSource(files, format: format, features: features, target: target)
  }
}

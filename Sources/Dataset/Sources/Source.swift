package import Diagnostics
package import Network
package import Options
package import YAML

/// A kind of files that rows are loaded from: the key that names them and all that follows from it.
///
/// A new source is a type in a file of its own and a line in `SourceCatalog`: the keys of the loading
/// stage, what it checks, the schema and the reference follow from the list.
package protocol Source: Sendable {
  /// The settings that have a meaning for files of this kind only. Sources may share a type of them.
  associatedtype Settings: Options

  /// The key that names the files.
  static var key: String { get }

  /// A sentence about what the key names.
  static var summary: String { get }

  /// What such a file is called, such as `a CSV file`.
  static var noun: String { get }

  /// Whether a file is of this kind, by its name or its first bytes.
  static func recognizes(_ start: FileStart) -> Bool

  /// Which of the settings that not every source heeds have a meaning for this one.
  static var sharedKeys: [SharedKey] { get }

  /// The keys that have a meaning for this source but not for every other.
  static var keys: [String] { get }

  /// What of `check` an editor can tell, from the keys of the loading stage alone.
  static var rules: [Rule] { get }

  /// What is wrong with settings that are right one by one.
  static func check(_ settings: Settings, _ request: RowRequest, _ node: Node) -> [Diagnostic]

  /// The kinds that features of the request may have, more rather than fewer.
  static func kinds(_ request: RowRequest) -> Set<FeatureKind>

  /// The features as networks read them, where the settings say of all of them what shape they have.
  static func inputs(_ settings: Settings, _ request: RowRequest) -> [NetworkInput]?

  /// Looks at the files that are there, without reading their rows: what they hold, and which settings
  /// do not fit them. Files that are missing are no concern of it.
  ///
  /// - Parameter node: The settings as written, for places.
  static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook

  /// Finds the files that the request names; their rows are yet to be surveyed.
  static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource

  /// The rows of new files for a model that was trained on rows of such files; nil where its features
  /// come from another source.
  ///
  /// - Parameters:
  ///   - target: What the model answers, which rows may tell too.
  ///   - provenance: What the source recorded of the rows that the model was trained on.
  static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)?
}

/// What a look at files says before their rows are read.
package struct SourceLook: Sendable {
  /// The names of a table's columns; nil where there are none, or where they are not known.
  package var columns: [String]?

  /// Those of the columns that the features are made of.
  package var featureColumns: [String]?
  package var problems: [Diagnostic] = []

  package init() {}
}

/// A setting of the loading stage that some sources heed and others do not.
package enum SharedKey: String, Sendable {
  case target
  case features
}

extension Source {
  package static var rules: [Rule] { [] }

  package static func inputs(
    _ settings: Settings, _ request: RowRequest
  ) -> [NetworkInput]? {
    let inputs = request.features.map(\.networkInput)
    return inputs.isEmpty || inputs.contains(nil) ? nil : inputs.compactMap { $0 }
  }

  package static func inputs(
    _ settings: SourceSettings, _ request: RowRequest
  ) -> [NetworkInput]? {
    inputs(settings.own(of: Self.self), request)
  }

  package static var keys: [String] { sharedKeys.map(\.rawValue) + Settings.names }

  package static func check(
    _ settings: SourceSettings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    check(settings.own(of: Self.self), request, node)
  }

  package static func look(
    _ settings: SourceSettings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook {
    look(settings.own(of: Self.self), request, search, node)
  }

  package static func open(
    _ settings: SourceSettings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    try open(settings.own(of: Self.self), request, search)
  }
}

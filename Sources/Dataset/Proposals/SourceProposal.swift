internal import Artifacts
internal import Diagnostics
package import Network
package import Options
package import YAML

/// What a loading stage may say of files that nobody has described: found by reading them.
package struct SourceProposal: Sendable {
  /// A key of the stage and its value.
  package struct Setting: Sendable {
    package let key: String
    package let value: Value
  }

  /// The settings beside the files and the split, in the order in which they are written.
  package internal(set) var settings: [Setting] = []

  /// How many rows there are.
  package internal(set) var rows = 0

  /// Whether classes are told apart, rather than amounts foretold.
  package internal(set) var hasClasses = false

  /// Whether the files lie in folders that are splits.
  package internal(set) var isSplit = false

  /// Whether there are rows to choose a model by, which splits that are there may lack.
  package internal(set) var hasValidation = true

  /// The column that names the split of each row; nil where none does.
  package internal(set) var splitColumn: String?

  /// The kinds of the features.
  package internal(set) var kinds: Set<FeatureKind> = []

  /// The side of the pictures in pixels, where they are all that there is.
  package internal(set) var side: Int?

  /// What was found, in sentences.
  package internal(set) var notes: [String] = []

  /// What was decided, and why, in words that say what the pipeline does.
  package internal(set) var remarks: [String] = []

  init() {}

  /// Takes up the splits that files or their names tell.
  mutating func take(splits: some Sequence<SplitName>) {
    let splits = Set(splits)
    isSplit = !splits.isEmpty
    hasValidation = splits.isEmpty || splits.contains(.validation)
  }

  /// Takes up files in a folder for each class.
  ///
  /// - Throws: where there are none, some are in no such folder, or all are of one class.
  mutating func take(
    _ medium: Medium, _ patterns: [PathPattern], _ search: FileSearch
  ) throws(Diagnostic) -> FileListing {
    var request = RowRequest()
    request.patterns = patterns
    let listing = try FileListing(of: medium, request, search)
    let classes = Set(listing.items.compactMap(\.label))
    guard classes.count > 1 else {
      throw Diagnostic(
        "all \(medium.plural) are of one class, '\(classes.first ?? "")'",
        remedy: "put those of each class in a folder with its name")
    }
    rows = listing.items.count
    hasClasses = true
    take(splits: listing.items.compactMap(\.split))
    notes = listing.remarks + listing.warnings.map(\.message)
    remarks.append(
      "tells \(classes.count.counted("class", "classes")) apart, which are the folders' names")
    return listing
  }

  /// Finds out what may be said of files.
  ///
  /// - Parameters:
  ///   - source: Their kind.
  ///   - target: The column or array to predict; by default one of a usual name, or the last one.
  /// - Throws: where the files cannot be read, there is no such column, or none to predict.
  package init(
    _ source: any Source.Type, _ patterns: [PathPattern], target: String?, in search: FileSearch
  ) throws {
    switch source.key {
    case ImageFolders.key: self = try ImageProposal(patterns, in: search).result
    case AudioFolders.key: self = try FolderProposal(sounds: patterns, in: search).result
    case TextFolders.key: self = try FolderProposal(texts: patterns, in: search).result
    default:
      if let arrays = source as? any ArrayFiles.Type {
        self = try ArrayProposal(arrays, patterns, target: target, in: search).result
      } else {
        self = try TableProposal(source, patterns, target: target, in: search).result
      }
    }
  }

  mutating func set(_ key: String, _ value: Value) {
    settings.append(Setting(key: key, value: value))
  }

  /// A setting that is a list of texts; left out where there is none.
  mutating func set(_ key: String, _ texts: some Collection<String>) {
    guard !texts.isEmpty else { return }
    set(key, .array(texts.map(Value.string)))
  }
}

extension String {
  /// Whether columns and arrays to be predicted are often named so.
  var namesTarget: Bool { Self.usualTargets.contains(lowercased()) }

  static let usualTargets = [
    "target", "label", "labels", "class", "y", "outcome", "response", "output", "targets", "tags",
  ]
}

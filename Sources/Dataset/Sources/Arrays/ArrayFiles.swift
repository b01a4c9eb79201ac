internal import Artifacts
internal import Diagnostics
internal import Network
internal import Options
internal import YAML

/// A kind of files that hold arrays whose first axis is that of the rows.
protocol ArrayFiles: Source where Settings == ArraySettings {
  /// Which files belong together, and what their arrays are called.
  static var grouping: ArrayGrouping { get }

  /// Whether a file within a folder is one of the kind, by its name.
  static func isOwn(_ name: String) -> Bool

  /// What folders are searched for, such as `.npy`.
  static var endings: String { get }

  /// Finds the arrays of a file, without reading their elements.
  static func arrays(in file: SourceFile) throws(Diagnostic) -> FoundArrays
}

extension ArrayFiles {
  package static var sharedKeys: [SharedKey] { [.target, .features] }

  package static var rules: [Rule] { [.any([.given("target"), .equal("task", "none")])] }

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let parts: [(key: String, isGiven: Bool)] = [
      ("weight", request.weight != nil), ("time", request.time != nil),
      ("separator", request.separator != nil),
    ]
    for (key, _) in parts.filter(\.isGiven) {
      problems.append(
        Diagnostic(
          "'\(key)' names a column of a table, and arrays have none",
          at: (node[key] ?? node["split"]?[key] ?? node).range, remedy: "remove it"))
    }
    if request.targets.isEmpty, request.task != RowRequest.Task.none, grouping != .mnist {
      problems.append(
        Diagnostic(
          "the array to predict is not named", at: node["target"]?.range ?? node.range,
          remedy: "add 'target: ARRAY', or 'task: none' where nothing is predicted"))
    }
    return problems
  }

  package static func kinds(_ request: RowRequest) -> Set<FeatureKind> {
    let possible: Set<FeatureKind> = [.numbers, .category, .image]
    guard !request.features.isEmpty else { return possible }
    return Set(request.features.flatMap { $0.kind.map { [$0] } ?? Array(possible) })
  }

  package static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook {
    var look = SourceLook()
    guard let files = try? search.files(request.patterns), !files.isEmpty else { return look }
    do throws(ArrayMisfit) {
      let source = try source(files, settings, request)
      look.columns = source.parts.first?.names
      look.featureColumns = source.plan.inputs.flatMap(\.feature.elements)
      if let columns = look.columns { look.columns = columns + (look.featureColumns ?? []) }
    } catch {
      look.problems = [error.placed(in: node, of: key)]
    }
    return look
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    let files = try search.files(request.patterns)
    do throws(ArrayMisfit) {
      return try source(files, settings, request)
    } catch {
      throw error.problem
    }
  }

  private static func source(
    _ files: [SourceFile], _ settings: Settings, _ request: RowRequest
  ) throws(ArrayMisfit) -> ArraySource {
    let listing: ArrayListing
    do throws(Diagnostic) {
      listing = try self.listing(files)
    } catch {
      throw ArrayMisfit(error)
    }
    return try ArraySource(listing, request, layout: settings.layout, format: key)
  }

  static func listing(_ files: [SourceFile]) throws(Diagnostic) -> ArrayListing {
    var found: [SourceFile] = []
    for file in files { found += try plainFiles(file) }
    return try ArrayListing(found, grouping, arrays)
  }

  /// A file itself, or those of a folder.
  private static func plainFiles(_ file: SourceFile) throws(Diagnostic) -> [SourceFile] {
    guard var found = try file.filesBelow(where: { isOwn($0.lastName) }) else {
      try file.requireContent()
      return [file]
    }
    // What is there both compressed and as it is, is the same.
    let plain = Set(found.map(\.name))
    found.removeAll { $0.name.hasSuffix(".gz") && plain.contains(String($0.name.dropLast(3))) }
    guard !found.isEmpty else {
      throw Diagnostic(
        "there is no file of arrays below '\(file.name)'",
        remedy: "such files are found by their names, as \(endings)")
    }
    return found
  }

  /// The rows of new files of arrays, found by the names of the arrays that the model's features were made
  /// of; where a model has one feature, and a file one array beside the target, that one is meant.
  package static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)? {
    guard try files.allSatisfy({ file throws(Diagnostic) in try holds(file) }),
      let names = provenance["arrays"]?.object
    else { return nil }
    let layout = provenance["layout"]?.string.flatMap { ImageLayout(name: $0) }
    return try NewArrayRows(
      listing(files), features, names.mapValues { ($0.array ?? []).compactMap(\.string) }, target,
      targets: (provenance["targets"]?.array ?? [.string(target.name)]).compactMap(\.string),
      layout: layout)
  }

  /// Whether files to predict for are of this kind: all below a folder are asked by their names.
  private static func holds(_ file: SourceFile) throws(Diagnostic) -> Bool {
    guard try FileStatus(of: file.path, following: true)?.kind == .folder else {
      return recognizes(FileStart(file))
    }
    return try FileTree.entries(below: file.path).contains { isOwn($0.path.lastName) }
  }
}

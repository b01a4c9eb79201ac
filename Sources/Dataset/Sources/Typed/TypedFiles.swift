internal import Artifacts
internal import Diagnostics
internal import Network
internal import Options
internal import YAML

/// A kind of files that hold tables and say what their columns are called.
protocol TypedFiles: Source where Settings == CSVFiles.Settings {
  /// The endings by which files of a folder are taken for such tables.
  static var endings: [String] { get }

  /// - Parameters:
  ///   - labels: The name of the column whose lists are labels, where the files do not tell it.
  ///   - isQuick: Whether it is enough to know columns of the first rows.
  static func contents(
    _ files: [SourceFile], _ format: TableFormat, labels: String?, isQuick: Bool
  ) throws(Diagnostic) -> any TableContents

  /// Whether all columns are known.
  static func isComplete(_ contents: any TableContents) -> Bool

  /// Refuses columns that are used and cannot be read.
  static func check(_ contents: any TableContents, _ used: [Int]) throws(Diagnostic)
}

extension TypedFiles {
  package static var sharedKeys: [SharedKey] { CSVFiles.sharedKeys }

  static func isComplete(_ contents: any TableContents) -> Bool { true }

  /// The settings that have a meaning for tables that are no text.
  package static var keys: [String] {
    sharedKeys.map(\.rawValue) + ["missing", "columns", "kinds"]
  }

  package static var rules: [Rule] { CSVFiles.rules }

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] { CSVFiles.check(settings, request, node) }

  package static func kinds(_ request: RowRequest) -> Set<FeatureKind> { CSVFiles.kinds(request) }

  package static func recognizes(_ start: FileStart) -> Bool {
    endings.contains { start.ends($0) }
  }

  package static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook {
    var look = SourceLook()
    guard let files = try? search.files(request.patterns), !files.isEmpty else { return look }
    do throws(Diagnostic) {
      let contents = try contents(
        tables(files), settings.format, labels: labels(of: request), isQuick: true)
      let names = try contents.header().names
      let selection = settings.selection(request)
      guard isComplete(contents) else { return look }
      look.columns = names
      look.featureColumns = selection.featureColumns(among: names)
      look.problems = selection.misfits(in: names).map { misfit in
        Diagnostic(
          misfit.fact, at: CSVFiles.place(of: misfit.part, in: node),
          notes: misfit.remedies.map { Note($0) })
      }
      guard look.problems.isEmpty else { return look }
      _ = try source(contents, selection)
    } catch {
      var problem = error
      problem.range = (node[key] ?? node).range
      look.problems = [problem]
    }
    return look
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    try source(
      contents(
        tables(search.files(request.patterns)), settings.format, labels: labels(of: request),
        isQuick: false),
      settings.selection(request))
  }

  private static func source(
    _ contents: any TableContents, _ selection: TableSelection
  ) throws(Diagnostic) -> TableSource {
    let source = try TableSource(contents, selection: selection)
    let labels = Set((source.plan?.targetColumns ?? []).filter(contents.holdsLabels))
    try check(contents, source.usedColumns.filter { !labels.contains($0) })
    try requireFolders(of: source, contents)
    return source
  }

  /// Refuses paths in a table beside the pipeline: of what they lead to, nothing belongs to what is read.
  private static func requireFolders(
    of source: TableSource, _ contents: any TableContents
  ) throws(Diagnostic) {
    guard let table = contents.files.first, !table.name.contains("/") else { return }
    for feature in source.plan?.declared ?? [] {
      guard let files = feature.declaration.files, files.root == nil,
        !feature.columns.allSatisfy(contents.holdsFiles)
      else { continue }
      throw Diagnostic(
        "the folder of the files of '\(feature.declaration.name)' is not given",
        remedy: "add 'root: FOLDER': whatever is in it belongs to what the stage reads")
    }
  }

  /// The rows of files of which nothing is said; columns that cannot be read are among them.
  ///
  /// - Parameter labels: The column whose lists are labels, where the files do not tell it.
  static func described(
    _ patterns: [PathPattern], _ format: TableFormat, labels: String?, in search: FileSearch
  ) throws(Diagnostic) -> TableSource {
    try TableSource(
      contents(tables(search.files(patterns)), format, labels: labels, isQuick: false),
      selection: TableSelection())
  }

  /// The column whose lists are labels, where it holds lists: the one that is to be predicted.
  private static func labels(of request: RowRequest) -> String? {
    guard request.targets.count == 1, request.task == nil || request.task == .multiLabel else {
      return nil
    }
    return request.targets[0].text
  }

  /// The rows of new files, whose columns are found by their names.
  package static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)? {
    guard TableSource.made(features, provenance) else { return nil }
    let files = try tables(files)
    guard files.allSatisfy({ recognizes(FileStart($0)) }) else { return nil }
    return try TableSource(
      contents(
        files, TableFormat(provenance),
        labels: target.separator == Target.listSeparator ? target.name : nil, isQuick: false),
      features: features, target: target)
  }

  /// Files, and those of folders.
  private static func tables(_ files: [SourceFile]) throws(Diagnostic) -> [SourceFile] {
    var tables: [SourceFile] = []
    for file in files {
      // Other programs leave files such as _SUCCESS beside their tables.
      let found = try file.filesBelow { path in
        !path.split(separator: "/").contains { $0.hasPrefix("_") }
          && endings.contains { path.lowercased().hasSuffix($0) }
      }
      guard let found else {
        tables.append(file)
        continue
      }
      guard !found.isEmpty else {
        throw Diagnostic(
          "there is no \(noun.split(separator: " ").dropFirst().joined(separator: " ")) below "
            + "'\(file.name)'",
          remedy: "they are found by the endings \(endings.joined(separator: ", "))")
      }
      tables += found
    }
    return tables
  }
}

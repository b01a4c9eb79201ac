internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Stages

/// How a command gets at the pipeline that its arguments name.
struct PipelineLoading {
  /// The file as written, or `nil` where the folder has to tell.
  let file: String?

  /// The arguments of `--set`, in their order.
  var overrides: [String]

  /// The arguments of `--profile`, in their order.
  var profiles: [String] = []

  /// The words that name stages where no file is named.
  var stages: [String] = []

  /// Reads and checks the file.
  ///
  /// - Parameter files: begin to digest what the pipeline reads.
  func load(digesting files: FileDigests? = nil) throws(Diagnostics) -> PipelineDocument {
    var catalog = Catalog.standard
    if let files { catalog.expecting = { files.expect($0, in: $1) } }
    return try PipelineDocument(
      reading: try path(), profiles: profiles, overrides: overrides,
      environment: ProcessInfo.processInfo.environment, catalog: catalog)
  }

  /// Reads and checks the file, and keeps the named stages with what they depend on; all without names.
  func load(_ stages: [String]) throws(Diagnostics) -> PipelineGraph {
    let graph = try load().graph
    do throws(Diagnostic) { return try graph.selected(by: StageSelection(stages)) } catch {
      throw Diagnostics(error)
    }
  }

  /// Finds what would be wrong if further profiles were applied, one at a time.
  func check(_ further: [String]) throws(Diagnostics) {
    var problems = Diagnostics()
    for name in further where !profiles.contains(name) {
      var loading = self
      loading.profiles.append(name)
      do throws(Diagnostics) {
        _ = try loading.load()
      } catch {
        problems.add(contentsOf: error.all)
      }
    }
    try problems.sorted().throwIfErrors()
  }

  /// Finds values of the pipeline's searches that it refuses.
  ///
  /// - Returns: warnings.
  func searchProblems(
    in document: PipelineDocument, only name: String? = nil
  ) throws(Diagnostics) -> Diagnostics {
    guard !document.searches.isEmpty else { return Diagnostics() }
    let path = document.files[0]
    let text: [UInt8]
    do throws(Diagnostic) { text = try PipelineFile.contents(of: path) } catch {
      throw Diagnostics(error)
    }
    let found = document.searches.problems(
      parsing: text, path: path, profiles: profiles, overrides: overrides,
      environment: ProcessInfo.processInfo.environment, catalog: .standard, only: name
    ).sorted()
    try found.throwIfErrors()
    return found
  }

  /// The texts that problems with the pipeline point into.
  func sources(for problems: Diagnostics) -> [String: String] {
    PipelineFile.sources(for: problems, overrides: overrides, profiles: profiles)
  }

  /// The file that is meant: without one being named, the only pipeline of the working folder.
  func path() throws(Diagnostics) -> String {
    if let file { return file }
    do throws(Diagnostic) {
      let found = try PipelineSearch().files
      if let only = found.first, found.count == 1 { return only }
      let words = stages.isEmpty ? "no pipeline is named" : "'\(stages[0])' is no file"
      throw Diagnostic(
        found.isEmpty
          ? "\(words), and there is no pipeline in this folder"
          : "\(words), and this folder has \(found.count) pipelines",
        remedy: found.isEmpty
          ? "name one, such as pipelines/digits.yaml, or begin with 'anneal init'"
          : "name one of \(found.prefix(5).joined(separator: ", "))")
    } catch {
      throw Diagnostics(error)
    }
  }
}

/// Finds the pipelines of the working folder.
struct PipelineSearch {
  /// Larger files are none that people write.
  private static let mostBytes = 1 << 24

  /// The only YAML file there is; of several, those that begin a pipeline, in order.
  var files: [String] {
    get throws(Diagnostic) {
      let names = try Folder.names(in: ".").filter {
        ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasSuffix(".lock.yaml")
      }
      guard names.count > 1 else { return names }
      var pipelines: [String] = []
      for name in names where try Self.beginsPipeline(name) { pipelines.append(name) }
      return pipelines
    }
  }

  /// Whether a file has the key that pipelines have and files that they include have not.
  static func beginsPipeline(_ name: String) throws(Diagnostic) -> Bool {
    guard try FileStatus(of: name, following: true)?.kind == .file,
      let text = try Folder.contents(of: name, atMost: mostBytes)
    else { return false }
    return text.split(separator: UInt8(ascii: "\n")).contains { line in
      ["pipeline:", "\"pipeline\":", "'pipeline':", "{"].contains { line.starts(with: $0.utf8) }
    }
  }
}

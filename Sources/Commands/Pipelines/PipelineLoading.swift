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
  let overrides: [String]

  /// The arguments of `--profile`, in their order.
  var profiles: [String] = []

  /// Reads and checks the file.
  func load() throws(Diagnostics) -> PipelineDocument {
    try PipelineDocument(
      reading: try path(), profiles: profiles, overrides: overrides,
      environment: ProcessInfo.processInfo.environment, catalog: .standard)
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

  /// The texts that problems with the pipeline point into.
  func sources(for problems: Diagnostics) -> [String: String] {
    PipelineFile.sources(for: problems, overrides: overrides, profiles: profiles)
  }

  /// The file that is meant: without one being named, the only YAML file of the working folder.
  private func path() throws(Diagnostics) -> String {
    if let file { return file }
    do throws(Diagnostic) {
      let found = try Folder.names(in: ".").filter {
        ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasSuffix(".lock.yaml")
      }.sorted()
      if let only = found.first, found.count == 1 { return only }
      throw Diagnostic(
        found.isEmpty
          ? "no pipeline is named, and there is none in this folder"
          : "no pipeline is named, and this folder has \(found.count) YAML files",
        remedy: found.isEmpty
          ? "name one, such as pipelines/digits.yaml, or begin with 'anneal init'"
          : "name one of \(found.prefix(5).joined(separator: ", "))")
    } catch {
      throw Diagnostics(error)
    }
  }
}

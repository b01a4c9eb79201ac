internal import Diagnostics
internal import Pipeline
internal import Stages
internal import YAML

/// `anneal check`: finds everything that is wrong with a pipeline file and runs nothing.
struct CheckCommand: Command {
  var file: String?
  var changes = PipelineChanges()
  var data = false
  var allRows = false
  var json = false

  static let name = "check"
  static let summary = "Finds everything that is wrong with a pipeline; nothing runs."
  static let discussion = "Each profile of the pipeline is checked too."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    changeOptions(\.changes)
    flag("data", \.data, "Read the files of load stages too, and show what their columns hold.")
    flag("all-rows", \.allRows, "With --data, read every row of large files, and not some of them.")
    flag("json", \.json, "Print the checked pipeline as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    if allRows && !data {
      throw UsageError("'--all-rows' says how much data to read", remedy: "add '--data'")
    }
    let loading = changes.loading(file)
    var checked: PipelineGraph?
    let code = loading.read(on: console) { () throws(Diagnostics) -> ExitCode in
      let document = try loading.load()
      let graph = document.graph
      try loading.check(document.profiles)
      let tried = try loading.searchProblems(in: document)
      console.say(tried, sources: loading.sources(for: tried))
      console.say(graph.warnings, sources: loading.sources(for: graph.warnings))
      checked = graph
      return .done
    }
    guard code != nil, let graph = checked else { return .wrong }
    let tables = data ? try dataTables(of: graph) : []
    for table in tables where !table.remarks.isEmpty { console.say(table.remarks) }
    if json {
      let found: Value = data ? ["data": .array(tables.map(\.value))] : [:]
      console.write(graph.value.merging(found))
    } else {
      for table in tables where !table.text.isEmpty { console.write(table.text) }
      for line in CheckText(graph, canLoad: tables.allSatisfy(\.isRight)).lines {
        console.say(line)
      }
    }
    return tables.allSatisfy(\.isRight) ? .done : .wrong
  }

  /// What each load stage reads; instances of the same settings once.
  private func dataTables(of graph: PipelineGraph) throws -> [DataTable] {
    var known: Set<Value> = []
    return try graph.instances.filter {
      $0.kind == Load.kind && known.insert($0.settings.value).inserted
    }
    .map { try DataTable($0, allRows: allRows) }
  }
}

/// What `anneal check` says of a pipeline that is right.
struct CheckText {
  private let graph: PipelineGraph
  private let canLoad: Bool

  /// - Parameter canLoad: Whether nothing is wrong with the data, as far as it was looked at.
  init(_ graph: PipelineGraph, canLoad: Bool = true) {
    self.graph = graph
    self.canLoad = canLoad
  }

  /// That the pipeline is right, and which stages wait for others although their `from` does not say so.
  var lines: [String] { [line] + waiting }

  /// Such as `use waits for make, because it reads 'x.txt'`, once for all instances of a stage.
  private var waiting: [String] {
    var seen: Set<[String]> = []
    return graph.instances.flatMap { instance in
      instance.fileDependencies.compactMap { file in
        guard let writer = graph[file.writer]?.stage,
          seen.insert([instance.stage, writer]).inserted
        else { return nil }
        return "\(instance.stage) waits for \(writer), because it reads '\(file.pattern)'"
      }
    }
  }

  /// Such as `pipelines/wine.yaml is right: 6 stages, 8 with every matrix value`.
  private var line: String {
    let stages = graph.stages.count
    let instances = graph.instances.count
    let noun = stages == 1 ? "stage" : "stages"
    let counted = instances > stages ? ", \(instances) with every matrix value" : ""
    let data = canLoad ? "" : ", but its data cannot be loaded as it is"
    return "\(graph.file) is right: \(stages) \(noun)\(counted)\(data)"
  }
}

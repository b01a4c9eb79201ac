internal import Diagnostics
internal import Pipeline

/// `anneal check`: finds everything that is wrong with a pipeline file and runs nothing.
struct CheckCommand: Command {
  var file: String?
  var changes = PipelineChanges()
  var json = false

  static let name = "check"
  static let summary = "Finds everything that is wrong with a pipeline; nothing runs."
  static let discussion = "Each profile of the pipeline is checked too."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    changeOptions(\.changes)
    flag("json", \.json, "Print the checked pipeline as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let loading = changes.loading(file)
    let code = loading.read(on: console) { () throws(Diagnostics) -> ExitCode in
      let document = try loading.load()
      let graph = document.graph
      try loading.check(document.profiles)
      console.say(graph.warnings, sources: loading.sources(for: graph.warnings))
      if json {
        console.write(graph.value)
      } else {
        for line in CheckText(graph).lines { console.say(line) }
      }
      return .done
    }
    return code ?? .wrong
  }
}

/// What `anneal check` says of a pipeline that is right.
struct CheckText {
  private let graph: PipelineGraph

  init(_ graph: PipelineGraph) {
    self.graph = graph
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
    return "\(graph.file) is right: \(stages) \(noun)\(counted)"
  }
}

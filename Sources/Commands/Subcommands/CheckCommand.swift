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
      if json { console.write(graph.value) } else { console.say(CheckText(graph).line) }
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

  /// Such as `pipelines/wine.yaml is right: 6 stages, 8 with every matrix value`.
  var line: String {
    let stages = graph.stages.count
    let instances = graph.instances.count
    let noun = stages == 1 ? "stage" : "stages"
    let counted = instances > stages ? ", \(instances) with every matrix value" : ""
    return "\(graph.file) is right: \(stages) \(noun)\(counted)"
  }
}

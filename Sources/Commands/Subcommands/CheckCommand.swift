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

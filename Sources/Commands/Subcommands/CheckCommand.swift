internal import Diagnostics
internal import Pipeline

/// `anneal check`: finds everything that is wrong with a pipeline file and runs nothing.
struct CheckCommand: Command {
  var file: String?
  var overrides: [String] = []
  var json = false

  static let name = "check"
  static let summary = "Finds everything that is wrong with a pipeline; nothing runs."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    option("set", \.overrides, "PATH=VALUE", "Change a value, such as vars.epochs=3.")
    flag("json", \.json, "Print the checked pipeline as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let loading = PipelineLoading(file: file, overrides: overrides)
    do throws(Diagnostics) {
      let graph = try loading.load().graph
      console.say(graph.warnings, sources: loading.sources(for: graph.warnings))
      if json { console.write(graph.value) } else { console.say(CheckText(graph).line) }
      return .done
    } catch {
      console.say(error, sources: loading.sources(for: error))
      return .wrong
    }
  }
}

internal import Diagnostics
internal import Pipeline

/// `anneal graph`: draws the stages of a pipeline.
struct GraphCommand: Command {
  var file: String?
  var profiles: [String] = []
  var overrides: [String] = []
  var format: String? = "text"
  var json = false

  static let name = "graph"
  static let summary = "Draws the stages of a pipeline and what they read from."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    option(
      "format", short: "f", \.format, "FORMAT", choices: ["text", "mermaid", "dot"],
      "One of text, mermaid and dot."
    )
    option(
      "profile", short: "p", \.profiles, "NAME", "Change what a profile of the pipeline changes.")
    option("set", \.overrides, "PATH=VALUE", "Change a value, such as vars.epochs=3.")
    flag("json", \.json, "Print the graph as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let loading = PipelineLoading(file: file, overrides: overrides, profiles: profiles)
    do throws(Diagnostics) {
      let graph = try loading.load().graph
      let drawing = GraphDrawing(graph)
      switch format {
      case _ where json: console.write(graph.value)
      case "mermaid": console.write(drawing.mermaid)
      case "dot": console.write(drawing.dot)
      default: console.write(drawing.text)
      }
      return .done
    } catch {
      console.refuse(error, sources: loading.sources(for: error))
      return .wrong
    }
  }
}

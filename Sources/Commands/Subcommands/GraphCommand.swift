internal import Diagnostics
internal import Pipeline

/// `anneal graph`: draws the stages of a pipeline.
struct GraphCommand: Command {
  var file: String?
  var changes = PipelineChanges()
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
    changeOptions(\.changes)
    flag("json", \.json, "Print the graph as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let loading = changes.loading(file)
    let code = loading.read(on: console) { () throws(Diagnostics) -> ExitCode in
      let graph = try loading.load().graph
      let drawing = GraphDrawing(graph)
      switch format {
      case _ where json: console.write(graph.value)
      case "mermaid": console.write(drawing.mermaid)
      case "dot": console.write(drawing.dot)
      default: console.write(drawing.text)
      }
      return .done
    }
    return code ?? .wrong
  }
}

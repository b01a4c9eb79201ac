import Diagnostics
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct `Wrong pipelines` {
  @Test func `every mistake is named with its place and a remedy`() throws {
    let golden = try GoldenCases("wrong-pipelines.txt")
    #expect(golden.cases.count >= 100)
    #expect(try golden.differences(render) == [])
  }

  @Test func `remarks on right pipelines have a place and a remedy`() throws {
    #expect(try GoldenCases("pipeline-warnings.txt").differences(render) == [])
  }
}

/// What the terminal shows for a case; its title may end in `--set` arguments.
private func render(_ item: GoldenCases.Case) -> String {
  let parts = item.title.components(separatedBy: " --set ")
  let overrides = Array(parts.dropFirst())
  let sources = ["p.yaml": item.input, "--set": overrides.joined(separator: "\n")]
  let renderer = DiagnosticRenderer(sources: sources)
  do {
    let document = try PipelineDocument(
      parsing: Array(item.input.utf8), path: "p.yaml", overrides: overrides,
      environment: ["HOME": "/root", "EPOCHS": "many"], catalog: fakeCatalog)
    return renderer.render(document.graph.warnings)
  } catch {
    return renderer.render(error)
  }
}

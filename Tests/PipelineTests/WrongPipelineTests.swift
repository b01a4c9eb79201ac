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

/// What the terminal shows for a case; its title may end in `--profile` and `--set` arguments.
private func render(_ item: GoldenCases.Case) -> String {
  let files = PipelineFiles(item)
  let renderer = DiagnosticRenderer(sources: files.sources)
  do {
    return renderer.render(try files.document(environment: ["EPOCHS": "many"]).graph.warnings)
  } catch {
    return renderer.render(error)
  }
}

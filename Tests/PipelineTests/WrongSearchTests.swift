import Diagnostics
import Foundation
import Pipeline
import TestSupport
import Testing
import YAML

@Suite struct `Wrong searches` {
  @Test func `every mistake is named with its place and a remedy`() throws {
    let golden = try GoldenCases("wrong-searches.txt")
    #expect(golden.cases.count >= 20)
    #expect(try golden.differences(render) == [])
  }

  private func reading(
    _ texts: [String: String], _ profiles: [String] = []
  ) -> PipelineReading {
    PipelineReading(
      parsing: Array((texts["p.yaml"] ?? "").utf8), path: "p.yaml", profiles: profiles,
      catalog: fakeCatalog, source: .texts(texts.mapValues { Array($0.utf8) }))
  }

  private static let plain = """
    pipeline: p
    stages:
      raw: {load: {csv: a.csv}}
      model: {from: raw, train: {epochs: 3}}

    """

  @Test func `a profile is found in the file that a search left`() throws {
    let texts = [
      "p.yaml": Self.plain,
      "p@best.yaml": "profiles: {best: {stages.model.train.epochs: 7}}\n",
      "p@front.yaml": "profiles: {front-3: {stages.model.train.epochs: 9}}\n",
      "q@other.yaml": "profiles: {other: {stages.model.train.epochs: 9}}\n",
    ]
    func epochs(_ profile: String) -> Int? {
      let reading = reading(texts, [profile])
      guard !reading.problems.hasErrors else { return nil }
      return reading.graph?["model"]?.settings.value["epochs"]?.int
    }
    #expect(epochs("best") == 7)
    #expect(epochs("front-3") == 9)
    #expect(epochs("other") == nil)
    let told = reading(texts, ["bst"]).problems.first
    #expect(told?.message == "there is no profile 'bst'")
  }

  @Test func `a mistake in such a file has its place there`() {
    let reading = reading(
      ["p.yaml": Self.plain, "p@best.yaml": "profiles: {best: {stages.model.train.epochs: 0}}\n"],
      ["best"])
    #expect(reading.problems.first?.location?.file == "p@best.yaml")
    #expect(reading.files == ["p.yaml", "p@best.yaml"])
  }

  @Test func `searches of included files count, and the file's own win`() {
    let other = """
      search:
        best: {maximize: model.loss, over: {stages.model.train.epochs: [1]}}
        more: {maximize: model.loss, over: {stages.model.train.epochs: [1]}}
      """
    let reading = reading([
      "p.yaml": Self.plain + """
        include: other.yaml
        search: {best: {minimize: model.loss, over: {stages.model.train.epochs: [2]}}}
        """,
      "other.yaml": other,
    ])
    #expect(reading.problems.isEmpty)
    #expect(reading.searches.map(\.name) == ["best", "more"])
    #expect(reading.searches.first?.goals.first?.isMaximized == false)
  }

  @Test func `a choice by its bare name can be given settings`() throws {
    let graph = try PipelineDocument(
      parsing: Array(Self.plain.utf8), path: "p.yaml",
      overrides: ["stages.model=train", "stages.model.train.epochs=4", "stages.model.from=raw"],
      catalog: fakeCatalog, source: .texts([:])
    ).graph
    #expect(graph["model"]?.settings.value["epochs"] == 4)
  }
}

/// What the terminal shows for a case, of the pipeline and then of what its searches try.
private func render(_ item: GoldenCases.Case) -> String {
  let files = PipelineFiles(item)
  let renderer = DiagnosticRenderer(sources: files.sources)
  let reading = files.reading
  if reading.problems.hasErrors { return renderer.render(reading.problems) }
  let text = Array((files.texts["p.yaml"] ?? "").utf8)
  var found = reading.problems
  found.add(
    contentsOf: reading.searches.problems(
      parsing: text, path: reading.files[0], catalog: fakeCatalog, source: files.source))
  return renderer.render(found.sorted())
}

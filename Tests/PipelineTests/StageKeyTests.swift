import Artifacts
import Pipeline
import TestSupport
import Testing
import YAML

@Suite struct `Keys of stages` {
  @Test func `depend on all that a result depends on and on nothing else`() throws {
    let plain = try key("epochs: 3")
    #expect(try key("epochs: 3") == plain)
    #expect(try key("epochs: 3, hidden: [16]") == plain)
    #expect(
      try key("epochs: 3", beside: "device: cpu, threads: 1, describe: x, retries: 2") == plain)
    #expect(try key("epochs: 4") != plain)
    #expect(try key("epochs: 3", seed: 1) != plain)
    #expect(try key("epochs: 3", beside: "precision: fp32") != plain)
    #expect(try key("epochs: 3", numerics: "portable") != plain)
    #expect(try key("epochs: 3", input: "other") != plain)
    #expect(try key("epochs: 3", file: "other") != plain)
  }

  @Test func `name the first difference`() throws {
    let plain = try key("epochs: 3").ingredients
    let cases = [
      (try key("epochs: 4").ingredients, "train.epochs 3 → 4"),
      (try key("epochs: 3, hidden: [8]").ingredients, "train.hidden.0 16 → 8"),
      (try key("epochs: 3", input: "other").ingredients, "the input 'data' has other content"),
      (try key("epochs: 3", file: "other").ingredients, "the file 'a.csv' has other content"),
      (try key("epochs: 3", numerics: "portable").ingredients, "numerics unset → portable"),
    ]
    for (changed, words) in cases {
      #expect(KeyDifference(from: plain, to: changed)?.description == words)
    }
    #expect(KeyDifference(from: plain, to: plain) == nil)
  }

  private func key(
    _ settings: String, beside common: String = "retries: 0", seed: Int = 7,
    numerics: String = "native", input: String = "input", file: String = "file"
  ) throws -> StageKey {
    let text = """
      pipeline: p
      seed: \(seed)
      numerics: \(numerics)
      stages:
        data: {load: {csv: a.csv}}
        model: {from: data, \(common), train: {\(settings)}}
      """
    let graph = try PipelineDocument(
      parsing: Array(text.utf8), path: "p.yaml", catalog: fakeCatalog
    ).graph
    return StageKey(
      of: try #require(graph["model"]), numerics: graph.numerics,
      inputs: ["data": [Digest(of: input)]], files: ["a.csv": Digest(of: file)])
  }
}

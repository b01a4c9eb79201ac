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
    #expect(try key("epochs: 3", inputs: "data=other") != plain)
    #expect(try key("epochs: 3", file: "other") != plain)
  }

  @Test func `name the first difference`() throws {
    let plain = try ingredients("epochs: 3")
    let cases = [
      (try ingredients("epochs: 4"), "train.epochs 3 → 4"),
      (try ingredients("epochs: 3, hidden: [8]"), "train.hidden.0 16 → 8"),
      (try ingredients("epochs: 3", input: "other"), "the input 'data' has other content"),
      (try ingredients("epochs: 3", file: "other"), "the file 'a.csv' has other content"),
      (try ingredients("epochs: 3", numerics: "portable"), "numerics native → portable"),
      (try ingredients("epochs: 3", seed: 8), "the pipeline's seed 7 → 8"),
    ]
    for (changed, words) in cases {
      #expect(KeyDifference(from: plain, to: changed)?.description == words)
    }
    #expect(KeyDifference(from: plain, to: plain) == nil)
    let unknown = KeyIngredients(try key("epochs: 3", seed: 8).ingredients)
    #expect(
      KeyDifference(from: plain, to: unknown)?.description == "the pipeline has another seed")
  }

  struct Inputs: Sendable {
    /// Upstream stages with the content of their artifacts, as in `a=1 b=2`.
    let old, new: String
    let words: String
    let wordsWithoutNames: String
  }

  @Test(arguments: [
    Inputs(
      old: "a=1 b=2", new: "a=1 b=3", words: "the input 'b' has other content",
      wordsWithoutNames: "the input 'data' has other content"),
    Inputs(
      old: "a=1 b=2", new: "b=2 a=1", words: "its inputs are in another order",
      wordsWithoutNames: "its inputs are in another order"),
    Inputs(
      old: "a=1 b=2", new: "a=1 c=3", words: "it reads 'c' instead of 'b'",
      wordsWithoutNames: "the input 'data' has other content"),
    Inputs(
      old: "a=1 b=2", new: "z=1 b=3", words: "the input 'b' has other content",
      wordsWithoutNames: "the input 'data' has other content"),
    Inputs(
      old: "a=1 b=2", new: "a=1", words: "the input 'b' is gone",
      wordsWithoutNames: "it has 1 input instead of 2"),
    Inputs(
      old: "a=1 b=2", new: "x=9 a=1 b=2", words: "the input 'x' is new",
      wordsWithoutNames: "it has 3 inputs instead of 2"),
    Inputs(
      old: "a=1 b=2 c=3", new: "x=9", words: "it has 1 input instead of 3",
      wordsWithoutNames: "it has 1 input instead of 3"),
    Inputs(
      old: "", new: "a=1", words: "the input 'a' is new",
      wordsWithoutNames: "the input 'a' is new"),
  ]) func `tell what became of the inputs`(inputs: Inputs) throws {
    let old = try key("epochs: 3", inputs: inputs.old)
    let new = try key("epochs: 3", inputs: inputs.new)
    func words(_ old: KeyIngredients, _ new: KeyIngredients) -> String? {
      KeyDifference(from: old, to: new)?.description
    }
    #expect(
      words(
        KeyIngredients(old.ingredients, sources: old.sources),
        KeyIngredients(new.ingredients, sources: new.sources)) == inputs.words)
    #expect(
      words(
        KeyIngredients(old.ingredients),
        KeyIngredients(new.ingredients, sources: new.sources)) == inputs.wordsWithoutNames)
  }

  @Test func `tell of inputs by variable where a role is named`() throws {
    func ingredients(_ inputs: Value, _ sources: [String] = ["b", "a"]) -> KeyIngredients {
      KeyIngredients(
        ["kind": "command", "inputs": ["inputs": inputs]], sources: ["inputs": sources])
    }
    let plain = ingredients(["ANNEAL_INPUT_A": "1", "ANNEAL_INPUT_B": "2"])
    let cases = [
      (
        ingredients(["ANNEAL_INPUT_A": "2", "ANNEAL_INPUT_B": "1"]),
        "the input 'a' has other content"
      ),
      (
        ingredients(["ANNEAL_INPUT_A": "1", "ANNEAL_INPUT_Z": "2"], ["a", "z"]),
        "it reads 'z' instead of 'b'"
      ),
      (
        ingredients(["ANNEAL_INPUT_A": "1", "ANNEAL_INPUT_B": "3"], ["a", "b@w=2"]),
        "it reads 'b@w=2' instead of 'b'"
      ),
      (
        ingredients(["ANNEAL_INPUT_A": "3", "ANNEAL_INPUT_B": "2"], []),
        "the input '$ANNEAL_INPUT_A' has other content"
      ),
      // As keys were made before names counted.
      (ingredients(["2", "1"]), "the names of its inputs count now"),
    ]
    for (other, words) in cases {
      #expect(KeyDifference(from: plain, to: other)?.description == words)
    }
  }

  @Test func `are held against those that differ least, the newest first`() throws {
    let past = try [
      ingredients("epochs: 4, hidden: [8]"), ingredients("epochs: 5"), ingredients("epochs: 6"),
    ]
    #expect(try ingredients("epochs: 3").closest(among: past) == past[1])
    #expect(try ingredients("epochs: 3, hidden: [8]").closest(among: past) == past[0])
    #expect(try ingredients("epochs: 3").closest(among: []) == nil)
  }

  private func ingredients(
    _ settings: String, seed: Int = 7, numerics: String = "native", input: String = "input",
    file: String = "file"
  ) throws -> KeyIngredients {
    let key = try key(
      settings, seed: seed, numerics: numerics, inputs: "data=\(input)", file: file)
    return KeyIngredients(key.ingredients, sources: key.sources, pipelineSeed: seed)
  }

  private func key(
    _ settings: String, beside common: String = "retries: 0", seed: Int = 7,
    numerics: String = "native", inputs: String = "data=input", file: String = "file"
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
    let filling = inputs.split(separator: " ").map { word in
      let parts = word.split(separator: "=").map(String.init)
      return StageKey.Input(source: parts[0], digest: Digest(of: parts[1]))
    }
    return StageKey(
      of: try #require(graph["model"]), numerics: graph.numerics,
      inputs: filling.isEmpty ? [:] : ["data": filling], files: ["a.csv": Digest(of: file)])
  }
}

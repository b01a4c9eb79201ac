import Diagnostics
import Foundation
import Pipeline
import TestSupport
import Testing
import YAML

@Suite struct `Graphs of right pipelines` {
  @Test func `stages, matrices, roles and lineage come out as written`() throws {
    #expect(try GoldenCases("graphs.txt").differences(describe) == [])
  }

  @Test func `a limited graph keeps what the wanted stages need`() throws {
    let graph = try graph(
      """
      pipeline: p
      stages:
        data: {load: {csv: a.csv}}
        a: {from: data, train: {}}
        b: {from: data, train: {}}
        c: {from: b, quantize: {}}
      """)
    #expect(
      try graph.selected(by: StageSelection(["c"])).instances.map(\.address) == ["data", "b", "c"])
    #expect(graph.results == ["a", "c"])
    #expect(throws: Diagnostic.self) { try graph.selected(by: StageSelection(["d"])) }
  }

  @Test func `every stage has a seed of its own, and its instances share it`() throws {
    let graph = try graph(
      """
      pipeline: p
      stages:
        data: {load: {csv: a.csv}}
        a: {from: data, matrix: {epochs: [1, 2]}, train: {epochs: "${matrix.epochs}"}}
        b: {from: data, train: {}}
      """)
    let seeds = Dictionary(grouping: graph.instances, by: \.stage).mapValues {
      Set($0.map(\.seed))
    }
    #expect(seeds["a"]?.count == 1)
    #expect(Set(seeds.values).count == 3)
    #expect(graph.instances.allSatisfy { $0.seed < 1 << 63 })
  }

  @Test(arguments: [
    ("a", ["a"]), ("t@d=1,w=x", ["t@d=1,w=x"]), ("t", ["t@d=1,w=x", "t@d=1,w=y", "t@d=20,w=x"]),
    ("t@d=1", ["t@d=1,w=x", "t@d=1,w=y"]), ("t@w=x,d=1", ["t@d=1,w=x"]),
    ("t@d=?", ["t@d=1,w=x", "t@d=1,w=y"]), ("t@w=x", ["t@d=1,w=x", "t@d=20,w=x"]),
    ("t@*", ["t@d=1,w=x", "t@d=1,w=y", "t@d=20,w=x"]),
    ("?", ["a", "t@d=1,w=x", "t@d=1,w=y", "t@d=20,w=x"]),
    ("*@d=2*", ["t@d=20,w=x", "tail@d=20,w=x"]), ("t*@d=20", ["t@d=20,w=x", "tail@d=20,w=x"]),
    ("t@{d=20,w=y}", ["t@d=1,w=y", "t@d=20,w=x"]), ("{a,data}", ["data", "a"]),
    (
      "*@*",
      ["t@d=1,w=x", "t@d=1,w=y", "t@d=20,w=x", "tail@d=1,w=x", "tail@d=1,w=y", "tail@d=20,w=x"]
    ),
  ])
  func `a word of the command line names instances, with wildcards too`(
    word: String, addresses: [String]
  ) throws {
    #expect(try fanned().instances(named: word).map(\.address) == addresses)
  }

  @Test(arguments: [
    ("tial", "'p.yaml' has no stage 'tial'", "did you mean 'tail'?"),
    (
      "t@d=3", "'p.yaml' has no instance 't@d=3'",
      "its instances are t@d=1,w=x, t@d=1,w=y, t@d=20,w=x"
    ),
    ("a@*", "no stage of 'p.yaml' fits 'a@*'", "its instances are a"),
    ("x*", "no stage of 'p.yaml' fits 'x*'", "its stages are data, a, t, tail"),
    (
      "t[", "'t[' has a '[' or '{' that is not closed, or too many alternatives",
      "write stages as in teacher, 't*', teacher@depth=20 or 'teacher@*'"
    ),
  ])
  func `a word that fits no instance is refused with a remedy`(
    word: String, message: String, remedy: String
  ) throws {
    let graph = try fanned()
    let thrown = #expect(throws: Diagnostic.self) {
      try graph.selected(by: StageSelection(["data", word]))
    }
    #expect(thrown?.message == message)
    #expect(thrown?.notes.first?.message == remedy)
  }

  private func fanned() throws -> PipelineGraph {
    try graph(
      """
      pipeline: p
      stages:
        data: {load: {csv: a.csv}}
        a: {from: data, train: {}}
        t:
          from: data
          matrix: {d: [1, 20], w: [x, y], exclude: [{d: 20, w: y}]}
          train: {epochs: "${matrix.d}"}
        tail: {from: t, quantize: {}}
      """)
  }

  private func graph(_ text: String) throws -> PipelineGraph {
    try PipelineDocument(parsing: Array(text.utf8), path: "p.yaml", catalog: fakeCatalog).graph
  }
}

/// Each instance on a line, with what it reads and is.
private func describe(_ item: GoldenCases.Case) -> String {
  let files = PipelineFiles(item)
  do {
    let document = try files.document(environment: ["WIDTH": "32"])
    return document.graph.instances.map(describe).joined(separator: "\n")
  } catch {
    return DiagnosticRenderer(sources: files.sources).render(error)
  }
}

private func describe(_ instance: StageInstance) -> String {
  let inputs = instance.inputs.sorted { $0.key < $1.key }.map { role, inputs in
    "\(role): " + inputs.map(describe).joined(separator: " + ")
  }
  let condition = instance.condition.map { " when \($0.metricReferences.map(\.stage))" } ?? ""
  return "\(instance.address) = \(instance.kind)(\(inputs.joined(separator: ", ")))\(condition) "
    + instance.settings.value.canonicalJSON
}

private func describe(_ input: StageInput) -> String {
  let candidates = input.candidates.joined(separator: "|")
  let lineage = input.isLineage ? " by lineage" : ""
  return switch input.choice {
  case .only: candidates + lineage
  case .best(let pick): "\(pick.direction)(\(pick.metric)) of \(candidates)\(lineage)"
  case .dataset(let pick, let models):
    "\(candidates) for \(pick.direction)(\(pick.metric)) of \(models.joined(separator: "|"))\(lineage)"
  }
}

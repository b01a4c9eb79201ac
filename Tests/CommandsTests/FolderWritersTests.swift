import Pipeline
import Stages
import Testing

@testable import Running

@Suite struct `The stages whose files another one reads` {
  private func sources(_ inputs: String, in directory: String) throws -> [String] {
    let text = """
      pipeline: p
      stages:
        a: {command: {run: "true", outputs: [out/a.txt]}}
        b: {matrix: {i: [1, 2]}, command: {run: "true", outputs: ["out/b${matrix.i}.txt"]}}
        other: {command: {run: "true", outputs: [other]}}
        r: {load: {csv: \(inputs), target: none}}
      """
    let graph = try PipelineDocument(
      parsing: Array(text.utf8), path: directory + "/p.yaml", catalog: .standard
    ).graph
    let reader = try #require(graph["r"])
    return FolderWriters(graph).sources(namedBy: reader).map(\.address)
  }

  @Test(arguments: [
    ("out/a.txt", ["a"]), ("out/*.txt", ["a", "b@i=1", "b@i=2"]), ("out", ["a", "b@i=1", "b@i=2"]),
    ("'out/b?.txt'", ["b@i=1", "b@i=2"]), ("[out/b2.txt, other]", ["b@i=2", "other"]),
  ])
  func `are all that write what it names or may match`(inputs: String, writers: [String]) throws {
    #expect(try sources(inputs, in: "/nowhere") == writers)
  }
}

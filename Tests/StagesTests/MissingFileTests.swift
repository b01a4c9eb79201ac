import Artifacts
import Diagnostics
import Foundation
import Pipeline
import Testing

@testable import Stages

@Suite struct `Files that a command expects` {
  /// What is told of a pipeline in a folder with `data/a.csv`, an empty folder and a store.
  private func told(_ stages: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.path + "/missing-\(UUID())"
    defer { try? Folder.remove(folder) }
    for file in ["data/a.csv", "data/.hidden", "empty/.anneal/format", "p.yaml", "p.lock.yaml"] {
      try Folder.create((folder + "/" + file).parentPath)
      try Folder.replaceFile(folder + "/" + file, with: [])
    }
    let lines = stages.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    do throws(Diagnostics) {
      _ = try PipelineDocument(
        parsing: Array("pipeline: p\nstages:\n\(lines)\n".utf8), path: folder + "/p.yaml",
        catalog: .standard)
      return []
    } catch {
      return error.all.map { problem in
        let location = problem.location.map { "\($0.line):\($0.column): " } ?? ""
        return location + problem.message
      }
    }
  }

  @Test func `are each missed at their place`() throws {
    let reader = """
      r: {command: {run: x, inputs: [none.txt, "no*.csv", nodir/, data, empty, "*.lock.yaml"], outputs: [r]}}
      """
    #expect(
      try told(reader) == [
        "3:34: there is no file 'none.txt'", "3:44: no file matches 'no*.csv'",
        "3:55: there is no file 'nodir/'",
        "3:69: there is no file in the folder 'empty'",
        "3:76: no file matches '*.lock.yaml'",
      ])
    #expect(try told("r: {when: 1 == 2, command: {run: x, inputs: [none], outputs: [r]}}") == [])
  }

  @Test(arguments: [
    "data", "data/a.csv", "./data//a.csv", "data/*.csv", "**/*.csv", "*", "s3://bucket/none",
  ])
  func `are there`(pattern: String) throws {
    #expect(try told("r: {command: {run: x, inputs: ['\(pattern)'], outputs: [.out/r]}}") == [])
  }

  @Test(arguments: [
    ("out/a", true), ("out/a/b.txt", true), ("out", true), ("out/*", true), ("o*/a", true),
    ("**/x.txt", true), ("out/a/**/*.csv", true), ("n*.csv", true), ("out/b", false),
    ("m*.csv", false), ("out/b/*", false), ("out/a.txt", false),
  ])
  func `may be made by another stage`(pattern: String, isMade: Bool) throws {
    let stages = """
      a: {command: {run: x, outputs: [out/a, notes.csv]}}
      r: {from: a, command: {run: x, inputs: ['\(pattern)'], outputs: [r]}}
      """
    #expect(try told(stages).isEmpty == isMade)
  }

  @Test func `are missed once for all instances of a matrix`() throws {
    let stage =
      "r: {matrix: {k: [1, 2]}, command: {run: x, inputs: [none], outputs: ['o-${matrix.k}']}}"
    #expect(try told(stage) == ["3:55: there is no file 'none'"])
  }
}

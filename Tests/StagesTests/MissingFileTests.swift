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
      return Self.words(error)
    }
  }

  private static func words(_ problems: Diagnostics) -> [String] {
    problems.all.map { problem in
      let location = problem.location.map { "\($0.line):\($0.column): " } ?? ""
      return location + problem.message
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

  @Test(arguments: [
    ("o.csv", true), ("./o.csv", true), ("dir/a/b.txt", true), ("dir/a/*", true), ("dir", false),
    ("sure.csv", false), ("kept.csv", false), ("*.csv", false),
  ])
  func `are told of where another stage may leave them out`(pattern: String, isTold: Bool) throws {
    let graph = try PipelineDocument(
      parsing: Array(
        """
        pipeline: p
        stages:
          a:
            command:
              run: x
              outputs:
                - sure.csv
                - {path: o.csv, optional: true}
                - {path: dir/a, optional: true}
                - {path: kept.csv, optional: true, keep: true}
          r: {matrix: {k: [1, 2]}, command: {run: x, inputs: ['\(pattern)'], outputs: ['o-${matrix.k}']}}
          l: {from: a, command: {run: x, outputs: [l]}}
        """.utf8), path: "/nowhere/p.yaml", catalog: .standard
    ).graph
    let told = Self.words(graph.warnings).filter { $0.contains("leave") }
    #expect(
      told
        == (isTold
          ? ["11:55: stage 'a' may leave '\(pattern)' out, and 'r' fails without it"] : []))
    guard isTold, let warning = graph.warnings.all.first(where: { $0.message.contains("leave") })
    else { return }
    #expect(warning.severity == .warning && warning.notes.count == 3)
    #expect(warning.notes[1].message.contains("from: a"))
    #expect(warning.notes[1].message.contains("$ANNEAL_INPUT_A/"))
    #expect([8, 9].contains(warning.notes[2].range?.start.line))
  }

  @Test func `are missed once for all instances of a matrix`() throws {
    let stage =
      "r: {matrix: {k: [1, 2]}, command: {run: x, inputs: [none], outputs: ['o-${matrix.k}']}}"
    #expect(try told(stage) == ["3:55: there is no file 'none'"])
  }
}

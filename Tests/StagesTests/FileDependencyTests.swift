import Diagnostics
import Foundation
import Pipeline
import Testing

@testable import Stages

@Suite struct `A stage that reads what another one writes` {
  private static let writer = #"a: {command: {run: "true", outputs: [out/a.txt, b.txt]}}"#

  private func graph(_ stages: String) throws -> PipelineGraph {
    let lines = stages.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return try PipelineDocument(
      parsing: Array("pipeline: p\nstages:\n\(lines)\n".utf8), path: "p.yaml", catalog: .standard
    ).graph
  }

  private func reader(_ pattern: String) -> String {
    "r: {command: {run: \"true\", inputs: ['\(pattern)'], outputs: [r]}}"
  }

  @Test(arguments: [
    "out/a.txt", "./out//a.txt", "out", "out/", "out/a.txt/x*", "b.txt", "*.txt", "out/*",
    "**/a.txt", "o?t",
  ])
  func `waits for it, wherever it stands`(pattern: String) throws {
    for stages in [[Self.writer, reader(pattern)], [reader(pattern), Self.writer]] {
      let graph = try graph(stages.joined(separator: "\n"))
      #expect(graph.instances.map(\.address) == ["a", "r"])
      #expect(graph["r"]?.dependencies == ["a"])
      #expect(graph["r"]?.fileDependencies.map(\.pattern) == [pattern])
      #expect(graph.warnings.isEmpty)
    }
  }

  @Test func `has it once where it waits anyhow`() throws {
    let between = #"m: {from: a, command: {run: "true", outputs: [m]}}"#
    let reader = reader("b.txt")
    for source in ["a", "m"] {
      let graph = try graph(
        [Self.writer, between, reader.replacing("r: {", with: "r: {from: \(source), ")]
          .joined(separator: "\n"))
      #expect(graph["r"]?.dependencies == [source])
    }
  }

  @Test func `waits for the instance that writes its file`() throws {
    let graph = try graph(
      #"""
      r: {matrix: {i: [1, 2]}, command: {run: "true", inputs: ["a-${matrix.i}"], outputs: ["r-${matrix.i}"]}}
      all: {command: {run: "true", inputs: ["r-*"], outputs: [all]}}
      a: {matrix: {i: [1, 2]}, command: {run: "true", outputs: ["a-${matrix.i}"]}}
      """#)
    #expect(graph["r@i=2"]?.dependencies == ["a@i=2"])
    #expect(graph["all"]?.dependencies == ["r@i=1", "r@i=2"])
    #expect(graph.instances.map(\.address) == ["a@i=1", "r@i=1", "a@i=2", "r@i=2", "all"])
  }

  @Test func `waits for whichever of two may run`() throws {
    let graph = try graph(
      """
      a: {when: metrics.x.files > 3, command: {run: 'true', outputs: [out]}}
      b: {when: false, command: {run: 'true', outputs: [other]}}
      x: {command: {run: 'true', outputs: [x]}}
      r: {command: {run: 'true', inputs: [out], outputs: [r]}}
      """)
    #expect(graph["r"]?.dependencies == ["a"])
  }

  @Test(arguments: ["out/b.txt", "b.txt.gz", "out.txt", "data", "b", "*.csv", "out/*.csv"])
  func `does not wait for what stands beside it`(pattern: String) throws {
    let thrown = #expect(throws: Diagnostics.self) {
      try graph(Self.writer + "\n" + reader(pattern))
    }
    #expect(thrown?.all.count == 1)
    #expect(thrown?.first?.message.hasSuffix("file '\(pattern)'") == true || pattern.contains("*"))
  }

  @Test func `cannot read what is made of its own output`() throws {
    let after = #"b: {from: r, command: {run: "true", outputs: [b.txt]}}"#
    let thrown = #expect(throws: Diagnostics.self) { try graph(reader("b.txt") + "\n" + after) }
    let problem = try #require(thrown?.first)
    #expect(problem.message == "stages wait for each other in a circle: r → b → r")
    #expect(problem.notes.last?.message == "'r' reads 'b.txt', which 'b' writes")

    // A pattern may take in more than is meant.
    let pipeline = try graph(reader("b.*") + "\n" + after)
    #expect(pipeline["r"]?.dependencies == [])
    #expect(
      pipeline.warnings.map(\.message) == ["stage 'r' reads 'b.*', which 'b' writes to after it"])
  }

  @Test func `does so through a chain of files`() throws {
    let thrown = #expect(throws: Diagnostics.self) {
      try graph(
        """
        a: {command: {run: 'true', inputs: [c], outputs: [a]}}
        b: {command: {run: 'true', inputs: [a], outputs: [b]}}
        c: {command: {run: 'true', inputs: [b], outputs: [c]}}
        """)
    }
    #expect(
      thrown?.first?.message == "stages wait for each other in a circle: a → c → b → a")
  }
}

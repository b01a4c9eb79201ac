import Diagnostics
import Foundation
import Pipeline
import Testing

@testable import Stages

@Suite struct `Files that a stage reads without waiting for who writes them` {
  static let writer = #"a: {command: {run: "true", outputs: [out/a.txt, b.txt]}}"#

  private func warnings(_ stages: String) throws -> [String] {
    let lines = stages.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let document = try PipelineDocument(
      parsing: Array("pipeline: p\nstages:\n  \(Self.writer)\n\(lines)\n".utf8), path: "p.yaml",
      catalog: .standard)
    return document.graph.warnings.all.map(\.message)
  }

  @Test(arguments: ["out/a.txt", "./out//a.txt", "out", "out/", "out/a.txt/x*", "b.txt"])
  func `are told of`(pattern: String) throws {
    let reader = "r: {command: {run: \"true\", inputs: [\(pattern)], outputs: [r]}}"
    #expect(
      try warnings(reader) == [
        "stage 'r' reads '\(pattern)', which 'a' writes, and does not wait for it"
      ])
    #expect(try warnings(reader.replacing("r: {", with: "r: {from: a, ")) == [])
    let between = #"m: {from: a, command: {run: "true", outputs: [m]}}"#
    #expect(try warnings(between + "\n" + reader.replacing("r: {", with: "r: {from: m, ")) == [])
  }

  @Test(arguments: ["out/b.txt", "b.txt.gz", "out.txt", "data", "b"])
  func `are not what stands beside them`(pattern: String) throws {
    let reader = "r: {command: {run: \"true\", inputs: [\(pattern)], outputs: [r]}}"
    let thrown = #expect(throws: Diagnostics.self) { try warnings(reader) }
    #expect(thrown?.all.map(\.message) == ["there is no file '\(pattern)'"])
  }
}

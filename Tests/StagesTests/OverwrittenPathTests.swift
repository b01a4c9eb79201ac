import Diagnostics
import Foundation
import Pipeline
import Testing

@testable import Stages

@Suite struct `Paths that two stages write` {
  @Test(arguments: [
    (
      """
      a: {command: {run: "true", outputs: [a.txt]}}
      b: {command: {run: "true", outputs: [b.txt, ./a.txt]}}
      """,
      """
      p.yaml:4:47: error: stage 'b' writes './a.txt', and so does 'a'
        b: {command: {run: "true", outputs: [b.txt, ./a.txt]}}
                                                    ^~~~~~~
      note: let each stage write to a path of its own
      p.yaml:3:40: note: 'a' writes 'a.txt' here
        a: {command: {run: "true", outputs: [a.txt]}}
                                             ^~~~~
      """
    ),
    (
      """
      a: {command: {run: "true", outputs: [out, out-b]}}
      b: {command: {run: "true", outputs: [out/b/c.txt]}}
      """,
      """
      p.yaml:4:40: error: stage 'b' writes 'out/b/c.txt' into what 'a' makes
        b: {command: {run: "true", outputs: [out/b/c.txt]}}
                                             ^~~~~~~~~~~
      note: let each stage write to a path of its own
      p.yaml:3:40: note: 'a' writes 'out' here
        a: {command: {run: "true", outputs: [out, out-b]}}
                                             ^~~
      """
    ),
    (
      """
      a: {command: {run: "true", outputs: [out/a.txt]}}
      b: {from: a, command: {run: "true", outputs: [out/]}}
      """,
      """
      p.yaml:4:49: error: stage 'b' makes 'out/', into which 'a' writes
        b: {from: a, command: {run: "true", outputs: [out/]}}
                                                      ^~~~
      note: let each stage write to a path of its own
      p.yaml:3:40: note: 'a' writes 'out/a.txt' here
        a: {command: {run: "true", outputs: [out/a.txt]}}
                                             ^~~~~~~~~
      """
    ),
    (
      """
      a: {matrix: {size: [1, 2, 3], mode: [x]}, command: {run: "true", outputs: ["${matrix.mode}"]}}
      """,
      """
      p.yaml:3:78: error: stage 'a@size=2,mode=x' writes 'x', and so does 'a@size=1,mode=x'
        a: {matrix: {size: [1, 2, 3], mode: [x]}, command: {run: "true", outputs: ["${matrix.mode}"]}}
                                                                                   ^~~~~~~~~~~~~~~~
      note: put ${matrix.size} into the path, so that each instance has its own
      """
    ),
    (
      """
      a: {command: {run: "true", outputs: [out, out/a.txt]}}
      """,
      """
      p.yaml:3:45: error: stage 'a' writes 'out/a.txt' twice
        a: {command: {run: "true", outputs: [out, out/a.txt]}}
                                                  ^~~~~~~~~
      note: name it once, or only the folder that it is in
      """
    ),
  ])
  func `are refused`(stages: String, told: String) throws {
    let text = Self.pipeline(stages)
    let thrown = #expect(throws: Diagnostics.self) { try Self.graph(text) }
    let renderer = DiagnosticRenderer(sources: ["p.yaml": text])
    #expect(thrown.map { renderer.render($0) } == told)
  }

  @Test(arguments: [
    "a: {command: {run: 'true', outputs: [out, out-b, out.txt]}}\n"
      + "b: {command: {run: 'true', outputs: [outer/out, ou]}}",
    "a: {matrix: {size: [1, 2]}, command: {run: 'true', outputs: ['a-${matrix.size}']}}",
    "a: {when: vars.big, command: {run: 'true', outputs: [model]}}\n"
      + "b: {when: not vars.big, command: {run: 'true', outputs: [model]}}",
  ])
  func `are no others`(stages: String) throws {
    #expect(try Self.graph(Self.pipeline(stages) + "\nvars: {big: true}").instances.count >= 2)
  }

  @Test(arguments: [
    ("p.yaml", "writes 'p.yaml', a file of the pipeline itself"),
    ("./lib/more.yaml", "writes './lib/more.yaml', a file of the pipeline itself"),
    ("lib/", "makes 'lib/', which holds 'lib/more.yaml', a file of the pipeline itself"),
    ("p.lock.yaml", "writes 'p.lock.yaml', a lock file of the pipeline"),
    ("p@quick,big.lock.yaml", "writes 'p@quick,big.lock.yaml', a lock file of the pipeline"),
    (".anneal", "writes '.anneal' into the store"),
    ("lib/.anneal/x", "writes 'lib/.anneal/x' into the store"),
  ])
  func `are not those of Anneal itself`(path: String, fact: String) throws {
    let text = """
      pipeline: p
      include: lib/more.yaml
      stages:
        a: {command: {run: "true", outputs: [out/p.yaml, q.lock.yaml, anneal, "\(path)"]}}
      """
    let thrown = #expect(throws: Diagnostics.self) {
      try PipelineDocument(
        parsing: Array(text.utf8), path: "p.yaml", catalog: .standard,
        source: .texts(["lib/more.yaml": Array("vars: {x: 1}".utf8)]))
    }
    #expect(thrown?.all.map(\.message) == ["stage 'a' \(fact)"])
    #expect(thrown?.first?.location == SourceLocation(file: "p.yaml", line: 4, column: 73))
  }

  @Test(.timeLimit(.minutes(1))) func `are found among very many at once`() throws {
    let stages = (0..<10_000).map { number in
      "s\(number): {command: {run: 'true', outputs: [out/\(number % 9_999)]}}"
    }
    let thrown = #expect(throws: Diagnostics.self) {
      try Self.graph(Self.pipeline(stages.joined(separator: "\n")))
    }
    #expect(thrown?.all.map(\.message) == ["stage 's9999' writes 'out/0', and so does 's0'"])
  }

  private static func pipeline(_ stages: String) -> String {
    "pipeline: p\nstages:\n"
      + stages.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }

  private static func graph(_ text: String) throws -> PipelineGraph {
    try PipelineDocument(parsing: Array(text.utf8), path: "p.yaml", catalog: .standard).graph
  }
}

import Diagnostics
import Foundation
import Pipeline
import Stages
import Testing
import YAML

@Suite struct `The schema and the shipped pipelines` {
  @Test func `the shipped pipelines are right`() throws {
    for path in try Self.shipped() {
      let document = try PipelineDocument(reading: path, catalog: .standard)
      #expect(document.graph.warnings.isEmpty, "\(document.graph.warnings)")
    }
  }

  @Test(.enabled(if: SchemaValidator.isThere))
  func `an independent validator accepts what is right and refuses what is wrong`() throws {
    var validator = SchemaValidator()
    for path in try Self.shipped() {
      try validator.add(String(contentsOfFile: path, encoding: .utf8), as: path)
    }
    for stage in Catalog.standard.stages {
      let lines = stage.example.split(separator: "\n").map { "    \($0)\n" }.joined()
      try validator.add("pipeline: p\nstages:\n  a:\n\(lines)", as: "\(stage.kind).yaml")
    }
    for (schema, right, wrong) in [
      (PipelineSchema.fileName, Self.right, Self.wrong),
      (IncludedSchema.fileName, Self.rightParts, Self.wrongParts),
    ] {
      for (index, text) in right.enumerated() {
        try validator.add(text, as: "\(schema) \(index).yaml", by: schema)
      }
      for text in wrong { try validator.add(text, as: "\(schema): \(text)", by: schema) }
    }
    for (name, problems) in try validator.problems() {
      #expect(problems.isEmpty == name.hasSuffix(".yaml"), "\(name): \(problems)")
    }
  }

  /// One pipeline for each rule that a schema can express.
  private static let wrong = [
    "pipeline: p", "stages: {a: {load: {csv: a.csv}}}", "pipeline: p\nstages: {}",
    "pipeline: 3 p\nseed: x\nstages: {a: {load: {csv: a.csv}}}",
    "pipeline: p\nseed: -1\nstages: {a: {load: {csv: a.csv}}}",
    "pipeline: p\nowner: me\nstages: {a: {load: {csv: a.csv}}}",
    "pipeline: p\nenv: [a-b]\nstages: {a: {load: {csv: a.csv}}}",
    "pipeline: p\nstages: {a b: {load: {csv: a.csv}}}",
    "pipeline: p\nstages: {a: {from: b}}",
    "pipeline: p\nstages: {a: {lode: {csv: a.csv}}}",
    "pipeline: p\nstages: {a: {load: {csv: a.csv}, command: {run: x, outputs: [y]}}}",
    "pipeline: p\nstages: {a: {load: {csv: a.csv}, device: gpu}}",
    "pipeline: p\nstages: {a: {load: {csv: a.csv}, threads: 0}}",
    "pipeline: p\nstages: {a: {load: {csv: a.csv}, timeout: 30}}",
    "pipeline: p\nstages: {a: {load: {csv: a.csv}, matrix: {k: []}}}",
    "pipeline: p\nstages: {a: {load: {csv: a.csv}, from: []}}",
    "pipeline: p\nstages: {a: {command: {run: x, outputs: []}}}",
    "pipeline: p\nstages: {a: {command: {outputs: [y]}}}",
    "pipeline: p\ninclude: {a: b}", "pipeline: p\ninclude: [3]", "include: [a.yaml]",
    "pipeline: p\nprofiles: [quick]\nstages: {a: {load: {csv: a.csv}}}",
    "pipeline: p\nprofiles: {quick: {vars: {x: 1}}}\nstages: {a: {load: {csv: a.csv}}}",
    "pipeline: p\nprofiles: {quick: {stages..x: 1}}\nstages: {a: {load: {csv: a.csv}}}",
    "pipeline: p\nprofiles: {1st: {seed: 1}}\nstages: {a: {load: {csv: a.csv}}}",
    "pipeline: p\nstages: {a: {load: {csv: a.csv}, mutex: a b}}",
    "pipeline: p\nstages: {a: {command: {run: {a: b}, outputs: [y]}}}",
    "pipeline: p\nstages: {a: {command: {run: x, outputs: [y], environment: [a-b]}}}",
    "pipeline: p\nstages: {a: {command: {run: x, outputs: [y], environment: {A: [b]}}}}",
    "pipeline: p\nstages: {a: {command: {run: x, outputs: [y], input: [z]}}}",
  ]

  /// Pipelines with what no shipped one has.
  private static let right = [
    "pipeline: p\ninclude: [common.yaml, ../x.yaml]",
    "pipeline: p\nstages: {a: {command: {run: [x, -n, 3], outputs: [y], environment: [A, B]}}}",
    "pipeline: p\nstages: {a: {command: {run: x, outputs: [y], environment: {A: , B: 1}}}}",
    "pipeline: p\ninclude: a.yaml",
    """
    pipeline: p
    profiles: {quick: {vars.epochs: 2, stages.a.load.csv: b.csv, seed: 3}, none: }
    vars: {epochs: 3}
    stages:
      a: {load: {csv: a.csv, target: t}, mutex: [one, two]}
      b: {load: {csv: a.csv, target: t}, mutex: one}
    """,
  ]

  /// Files that only serve to be included: what the reader accepts, and what it refuses.
  private static let rightParts = [
    "vars: {epochs: 3}", "stages: {a: {load: {csv: a.csv, target: t}}}", "stages:\nseed: 3",
    "x-a: &a 3", "pipeline: q\nstages: {a: {load: {csv: a.csv, target: t}}}",
    "env: [HOME]\nnumerics: portable", "vars: {n: 1}\nprofiles: {quick: {vars.n: 2}}",
  ]
  private static let wrongParts = [
    "[a, b]", "stage: {a: {load: {csv: a.csv, target: t}}}", "stages: {a: {lode: {csv: a.csv}}}",
    "seed: many", "vars: [epochs]", "profiles: {quick: {epochs: 2}}",
    "stages: {a: {train: {model: {mlp: {hiden: [3]}}}}}",
  ]

  @Test(arguments: rightParts + wrongParts)
  func `the reader agrees with the schema of included files`(part: String) throws {
    let program = try Program()
    try program.write(part, to: "part.yaml")
    try program.write("t,x\n1,2\n", to: "a.csv")
    try program.write(
      "pipeline: p\ninclude: part.yaml\nstages: {own: {load: {csv: a.csv, target: t}}}",
      to: "p.yaml")
    var problems: [String] = []
    do {
      _ = try PipelineDocument(
        reading: program.folder + "/p.yaml", environment: ["HOME": "/"], catalog: .standard)
    } catch {
      problems = error.all.map(\.message)
    }
    #expect(problems.isEmpty == Self.rightParts.contains(part), "\(problems)")
  }

  private static func shipped() throws -> [String] {
    let folder = SchemaValidator.repository.appending(path: "pipelines").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".lock.yaml") }.map { folder + "/" + $0 }
  }
}

import Diagnostics
import Foundation
import Pipeline
import Stages
import Testing
import YAML

private let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
private let python = repository.appending(path: ".deps/python/bin/python").path

@Suite struct `The schema and the shipped pipelines` {
  @Test func `the shipped pipelines are right`() throws {
    for path in try Self.shipped() {
      let document = try PipelineDocument(reading: path, catalog: .standard)
      #expect(document.graph.warnings.isEmpty, "\(document.graph.warnings)")
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
  func `an independent validator accepts every shipped pipeline and refuses wrong ones`() throws {
    let answer = try validate()
    for (name, problems) in answer {
      let messages = problems.array ?? []
      #expect(messages.isEmpty == name.hasSuffix(".yaml"), "\(name): \(problems)")
    }
    #expect(
      answer.count >= 4 + Self.right.count + Self.wrong.count + Self.rightParts.count
        + Self.wrongParts.count)
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
    stages: {a: {load: {csv: a.csv}, mutex: [one, two]}, b: {load: {csv: a.csv}, mutex: one}}
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
    let folder = repository.appending(path: "pipelines").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".lock.yaml") }.map { folder + "/" + $0 }
  }

  private func validate() throws -> [String: Value] {
    let (whole, included) = ("pipeline.schema.json", "included.schema.json")
    var documents: [String: Value] = [:]
    for path in try Self.shipped() {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      documents[path] = [.string(whole), try Node(parsing: text, file: path).value]
    }
    for (schema, right, wrong) in [
      (whole, Self.right, Self.wrong), (included, Self.rightParts, Self.wrongParts),
    ] {
      for (index, text) in right.enumerated() {
        documents["\(schema) \(index).yaml"] = [
          .string(schema), try Node(parsing: text, file: "p.yaml").value,
        ]
      }
      for (index, text) in wrong.enumerated() {
        documents["\(schema) \(index): \(text)"] = [
          .string(schema), try Node(parsing: text, file: "p.yaml").value,
        ]
      }
    }
    let request: Value = [
      "schemas": [
        whole: PipelineSchema.document(for: .standard),
        included: IncludedSchema.document(besides: whole),
      ], "documents": .object(documents),
    ]
    let input = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    try request.canonicalJSON.write(to: input, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: input) }

    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [repository.appending(path: "Tests/References/schema_check.py").path]
    process.standardInput = try FileHandle(forReadingFrom: input)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try #require(try Value(parsingJSON: Array(bytes), file: "answer").object)
  }
}

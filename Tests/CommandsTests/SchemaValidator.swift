import Processes
import Foundation
import Pipeline
import Stages
import Testing
import YAML

/// The schemas as an independent validator of the test-only Python reads them.
struct SchemaValidator {
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let python = repository.appending(path: ".deps/python/bin/python").path

  static let isThere = FileManager.default.isExecutableFile(atPath: python)

  private var documents: [String: Value] = [:]

  var count: Int { documents.count }

  /// Has a text checked under a name, by default as a pipeline.
  mutating func add(
    _ text: String, as name: String, by schema: String = PipelineSchema.fileName
  ) throws {
    try #require(documents[name] == nil, "\(name) is there already")
    documents[name] = [.string(schema), try Node(parsing: text, file: "p.yaml").value]
  }

  /// What is wrong with each document, by its name.
  func problems() throws -> [String: [String]] {
    let request: Value = [
      "schemas": [
        PipelineSchema.fileName: PipelineSchema.document(for: .standard),
        IncludedSchema.fileName: IncludedSchema.document,
      ], "documents": .object(documents),
    ]
    let input = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    try request.canonicalJSON.write(to: input, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: input) }

    let check = Self.repository.appending(path: "Tests/References/schema_check.py").path
    let finished = try FinishedProgram(
      running: "/bin/sh", ["-c", "exec \"$0\" \"$1\" <\"$2\"", Self.python, check, input.path],
      environment: ProcessInfo.processInfo.environment)
    try #require(finished.ending == .exited(0))
    let answer = try #require(try Value(parsingJSON: finished.output, file: "answer").object)
    try #require(Set(answer.keys) == Set(documents.keys))
    return answer.mapValues { ($0.array ?? []).compactMap(\.string) }
  }
}

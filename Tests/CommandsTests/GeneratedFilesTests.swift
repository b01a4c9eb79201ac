import Foundation
import Pipeline
import Stages
import Testing
import YAML

@testable import Commands

@Suite struct `Generated files` {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// `swift run anneal schema --write` brings them up to date, as does `ANNEAL_UPDATE_GOLDEN=1`.
  @Test func `the schema and the reference are as the code has them`() throws {
    let files = GeneratedFiles(.standard)
    if ProcessInfo.processInfo.environment["ANNEAL_UPDATE_GOLDEN"] == "1" {
      _ = try files.write(below: Self.repository)
    }
    #expect(try files.outdated(below: Self.repository) == [])
  }

  @Test func `every reference in the schema has its definition`() throws {
    let schema = PipelineSchema.document(for: .standard)
    let definitions = try #require(schema["definitions"]?.object)
    func references(in value: Value) -> [String] {
      switch value {
      case .object(let members):
        members.flatMap { key, member in
          key == "$ref" ? [member.string ?? ""] : references(in: member)
        }
      case .array(let elements): elements.flatMap { references(in: $0) }
      default: []
      }
    }
    for reference in references(in: schema) {
      #expect(
        definitions[String(reference.dropFirst("#/definitions/".count))] != nil, "\(reference)")
    }
  }
}

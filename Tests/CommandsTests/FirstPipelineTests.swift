import Foundation
import Pipeline
import Stages
import Testing
import YAML

@testable import Commands

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)))
struct `A first pipeline` {
  @Test func `names the schema that is written beside it`() throws {
    let program = try Program()
    let run = try program.run("init", "work/first.yaml")
    #expect(run.status == 0)
    #expect(
      run.errors == """
        wrote work/first.yaml; check it with: anneal check work/first.yaml
        wrote work/pipeline.schema.json, by which editors check it too

        """)
    let text = try program.text("work/first.yaml")
    #expect(text.hasPrefix("# yaml-language-server: $schema=pipeline.schema.json\n"))
    let schema = try program.text("work/pipeline.schema.json")
    #expect(schema == PipelineSchema.document(for: .standard).prettyJSON + "\n")
    #expect(try program.run("schema").output == schema)
  }

  @Test func `leaves a file of the schema's name as it is`() throws {
    let program = try Program()
    try program.write("mine", to: "pipeline.schema.json")
    let run = try program.run("init")
    #expect(run.status == 0)
    #expect(run.errors == "wrote pipeline.yaml; check it with: anneal check pipeline.yaml\n")
    #expect(try program.text("pipeline.schema.json") == "mine")
  }

  @Test(.enabled(if: SchemaValidator.isThere))
  func `is right by the schema`() throws {
    var validator = SchemaValidator()
    let text = FirstPipeline(file: "a.yaml", csv: "a.csv", target: "kind").text
    try validator.add(text, as: "first")
    #expect(try validator.problems() == ["first": []])
  }
}

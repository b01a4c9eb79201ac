import Foundation
import Options
import Testing
import YAML

@Suite struct `Describing settings` {
  /// The stored text; with ANNEAL_UPDATE_GOLDEN set, it is written anew first.
  private func golden(_ name: String, _ text: String) throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appending(path: "Golden/Options/\(name)")
    if ProcessInfo.processInfo.environment["ANNEAL_UPDATE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
    }
    return try String(contentsOf: file, encoding: .utf8)
  }

  @Test func `gives the reference`() throws {
    let text = MarkdownReference.text(for: Train.self)
    #expect(try text == golden("train.md", text))
  }

  @Test func `gives help for a terminal`() throws {
    let text = HelpText.text(for: Train.self)
    #expect(try text == golden("train.txt", text))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `gives JSON Schema`() throws {
    let text = Train.schema.json.prettyJSON + "\n"
    #expect(try text == golden("train.schema.json", text))
  }

  @Test func `puts every named type into the schema once, by its name`() throws {
    let definitions = try #require(Train.schema.json["definitions"]?.object)
    #expect(
      definitions.keys.sorted() == [
        "EarlyStop", "Filling", "MLP", "Model", "ResNet", "Rotation", "Step", "Train", "reference",
        "text",
      ])
  }

  @Test func `lists the limits that a key has`() throws {
    let properties = try #require(Train.schema.json["definitions"]?["Train"]?["properties"])
    let batch = try #require(properties["batch"]?["anyOf"]?.array)
    #expect(batch[0] == ["enum": ["auto"]])
    #expect(batch[1] == ["type": "integer", "minimum": 1, "maximum": 4096])
    #expect(batch[2] == ["$ref": "#/definitions/reference"])
    #expect(properties["learning-rate"]?["anyOf"]?[0]?["exclusiveMinimum"] == 0.0)
    #expect(properties["target"]?["type"] == "string")
    #expect(properties["epochs"]?["default"] == 10)
  }
}

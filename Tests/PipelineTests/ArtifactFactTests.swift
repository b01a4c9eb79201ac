import Diagnostics
import Options
import Pipeline
import Testing
import YAML

private struct Width: ArtifactFact {
  let number: Int
  let range: SourceRange
}

private struct WidthSettings: Options {
  var width: Int?
  static var fields: [Field<Self>] { option("width", \.width, "How wide the artifact is.") }
}

private enum Maker: Stage {
  typealias Settings = WidthSettings
  static let kind = "make"
  static let revision = 1
  static let summary = "Makes a model."
  static let inputs: [Role] = []
  static let output = ArtifactKind.model

  static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] {
    settings.width.map { [Width(number: $0, range: node.range)] } ?? []
  }

  static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter) {}
}

/// Changes a model, and its width where one is given.
private enum Changer: Stage {
  typealias Settings = WidthSettings
  static let kind = "change"
  static let revision = 1
  static let summary = "Changes a model."
  static let inputs = [Role("model", .model)]
  static let output = ArtifactKind.model

  static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] { Maker.facts(settings, node, reading: inputs) }

  static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter) {}
}

private enum Taker: Stage {
  typealias Settings = WidthSettings
  static let kind = "take"
  static let revision = 1
  static let summary = "Takes a model of one width."
  static let inputs = [Role("model", .model)]
  static let output = ArtifactKind.deployment

  static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    inputs.facts(Width.self, of: "model").filter { $0.number != settings.width }.map {
      Diagnostic(
        "the model is \($0.number) wide", at: (node["width"] ?? node).range,
        remedy: "take \($0.number)", notes: [Note("the width is here", at: $0.range)])
    }
  }

  static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter) {}
}

@Suite struct `Facts about artifacts` {
  private func messages(_ stages: String) -> [String] {
    let text = "pipeline: p\nstages:\n" + stages
    do throws(Diagnostics) {
      _ = try PipelineDocument(
        parsing: Array(text.utf8), path: "p.yaml",
        catalog: Catalog([Maker.self, Changer.self, Taker.self]))
      return []
    } catch {
      return error.all.map { "\($0.message) (line \($0.location?.line ?? 0))" }
    }
  }

  @Test func `are checked by the stage that reads the artifact`() {
    #expect(
      messages("  a: {make: {width: 3}}\n  b: {from: a, take: {width: 2}}\n")
        == ["the model is 3 wide (line 4)"])
    #expect(messages("  a: {make: {width: 3}}\n  b: {from: a, take: {width: 3}}\n") == [])
    #expect(messages("  a: {make: {}}\n  b: {from: a, take: {width: 3}}\n") == [])
  }

  @Test func `are handed on unless a stage states its own`() {
    let made = "  a: {make: {width: 3}}\n"
    #expect(
      messages(made + "  b: {from: a, change: {}}\n  c: {from: b, take: {width: 2}}\n")
        == ["the model is 3 wide (line 5)"])
    #expect(
      messages(made + "  b: {from: a, change: {width: 2}}\n  c: {from: b, take: {width: 2}}\n")
        == [])
  }

  @Test func `are told of once for all instances`() {
    #expect(
      messages(
        "  a: {make: {width: 3}}\n  b: {from: a, matrix: {n: [1, 2]}, take: {width: 2}}\n")
        == ["the model is 3 wide (line 4)"])
  }
}

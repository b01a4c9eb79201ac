import Deployment
import Diagnostics
import Network
import Options
import Pipeline
import Tensor
import Testing
import YAML

@testable import Stages

/// A layer that the catalogue lacks and that ONNX cannot hold.
private struct Opaque: Layer {
  static let type = "opaque"
  static let summary = "Does nothing that ONNX could."
  static var fields: [Field<Self>] {}
  var traits: LayerTraits { LayerTraits(ChannelFlow(.mixed, along: .any), onnx: nil) }
  func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }
  func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor { inputs[0] }
}

@Suite struct `Layers that ONNX cannot hold` {
  /// What accelerate says of a model whose second layer is opaque.
  private func problems(_ yaml: String) throws -> [Diagnostic] {
    let model = try Node(
      parsing: "{layers: [flatten,\n opaque]}", file: "model.yaml")
    let layers = LayerList([AnyLayer(Flatten()), AnyLayer(Opaque())])
    var settings = Train.Settings()
    settings.model = ModelPreset(layers)
    let train = Node(
      .mapping([Node.Entry(key: "model", keyRange: model.range, value: model)]), at: model.range)
    let node = try Node(parsing: yaml, file: "p.yaml")
    return Accelerate.check(
      try Accelerate.Settings.decode(node), node,
      reading: KnownInputs(["model": Train.facts(settings, train, reading: KnownInputs([:]))]))
  }

  @Test func `are refused where they are to be exported`() throws {
    let found = try problems("{goal: size,\n export: [onnx]}")
    #expect(
      found.map(\.message) == [
        "the model's layer 'opaque' has no form in ONNX, which 'export' asks for"
      ])
    #expect(found[0].location?.line == 2)
    #expect(
      found[0].notes.map(\.message) == [
        "leave onnx out of 'export' and openvino out of 'engines', or use another layer",
        "the layer is here",
      ])
    #expect(found[0].notes[1].range?.start.line == 2)
  }

  @Test func `are refused where an engine needs ONNX`() throws {
    let found = try problems("{engines: [openvino], export: []}")
    #expect(
      found.map(\.message) == [
        "the model's layer 'opaque' has no form in ONNX, which 'engines' asks for"
      ])
  }

  @Test func `are run by libtorch where nothing is exported`() throws {
    #expect(try problems("{engines: [libtorch], export: []}").isEmpty)
  }
}

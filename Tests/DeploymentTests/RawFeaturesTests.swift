import Diagnostics
import ExampleNetworks
import Foundation
import Learning
import Network
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Deployment

/// A step of tests: an affine map of channels, or one that nothing can fold.
private struct Shift: AffineStep {
  static let kind = "shift"
  var scales: [Double]
  var shifts: [Double]
  var isFoldable = true

  init(scales: [Double], shifts: [Double], isFoldable: Bool = true) {
    self.scales = scales
    self.shifts = shifts
    self.isFoldable = isFoldable
  }

  init(_ value: Value) throws(Diagnostic) { throw Diagnostic("tests record no steps") }
  var value: Value { .null }

  func channelMaps(_ features: [Feature]) -> [String: ChannelMap]? {
    isFoldable ? ["image": ChannelMap(scales: scales, shifts: shifts)] : nil
  }

  func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    guard let image = batch.inputs["image"] else { return }
    let shape = [1, scales.count, 1, 1]
    let scale = try Tensor(scales.map { Float($0) }, shape: shape)
    let shift = try Tensor(shifts.map { Float($0) }, shape: shape)
    batch.inputs["image"] = try image.to(.float32) * scale + shift
  }
}

struct RawFeaturesTests {
  private func model(_ steps: [any DeferredStep]) throws -> Model {
    let example = ExampleNetwork.cnn
    return Model(
      network: try example.network,
      features: [Feature(name: "image", kind: .image, shape: [3, 12, 12], type: .uint8)],
      steps: steps, target: Target(name: "y", task: .classification, classes: ["a", "b", "c", "d"]))
  }

  private func images() throws -> [String: Tensor] {
    var stream = RandomStream(seed: 4, path: ["images"])
    return ["image": try stream.uniform([5, 3, 12, 12], low: 0, high: 255).to(.uint8)]
  }

  @Test func `puts normalisations in front of the network`() throws {
    let model = try model([
      Shift(scales: [0.01, 0.02, 0.005], shifts: [-1, 0.5, 0]),
      Shift(scales: [2, 1, 3], shifts: [0.25, 0, -1]),
    ])
    let variants = try ModelVariants(
      model, readingRowsOf: DatasetDescription(features: model.features, target: model.target))
    #expect(variants.outside.isEmpty)
    #expect(variants.types == ["image": .uint8])
    var batch = Batch(inputs: try images(), rows: [])
    let raw = batch.inputs
    try DeferredSteps.apply(model.steps, to: &batch, in: StepContext(seed: 0, isTraining: false))
    let expected = try model.network.forward(batch.inputs).array(Float.self)
    for form in [variants.given, variants.trained, variants.folded] {
      expectClose(try form.forward(raw).array(Float.self), expected)
    }
    let onnx = try variants.onnx(isQuantized: false, metadata: [:])
    #expect(onnx.graph.inputs[0].type == .uint8)
    expectClose(try runInOpenVINO(onnx, raw), expected)
  }

  /// Eastings of a map: 5 m apart, 5,200 km from zero. As one product and one sum they lose a tenth of
  /// what they differ by.
  @Test func `keeps the digits of values far from zero in every engine`() throws {
    let names = ["east", "north"]
    let feature = Feature(
      name: "place", kind: .numbers, shape: [2], type: .float32, columns: names)
    let scale = ScaleFeatures(scales: [
      "place": FeatureScale(
        shape: [2], centers: [5_200_500.3, -0.5], scales: [1 / 288.7, 2], base: 0.25)
    ])
    let inputs = [NetworkInput(name: "place", kind: .numbers, shape: [2])]
    let linear = NetworkNode(name: "head", inputs: ["place"], layer: Linear(outputs: 1))
    let network = WeightedNetwork(
      try Network(inputs: inputs, nodes: [linear], outputs: ["head"]),
      [
        "head.weight": try Tensor([Float(3), 0.5], shape: [1, 2]),
        "head.bias": try Tensor([Float(0.125)]),
      ])
    let model = Model(
      network: network, features: [feature], steps: [scale],
      target: Target(name: "y", task: .regression, classes: []))
    let variants = try ModelVariants(
      model, readingRowsOf: DatasetDescription(features: [feature], target: model.target))
    let easts = stride(from: 5_200_000, through: 5_201_000, by: 5).map { Double($0) }
    let expected = easts.map { east in
      Float(3 * ((east - 5_200_500.3) / 288.7 + 0.25) + 0.5 * (2 * (1 + 0.5) + 0.25) + 0.125)
    }
    let rows = try Tensor(easts.flatMap { [Float($0), 1] }, shape: [easts.count, 2])
    func worst(_ results: [Float]) -> Float {
      zip(results, expected).map { abs($0 - $1) }.max() ?? .infinity
    }
    #expect(try worst(variants.folded.forward(["place": rows]).array(Float.self)) < 1e-5)
    let onnx = try variants.onnx(isQuantized: false, metadata: [:])
    #expect(try worst(runInOpenVINO(onnx, ["place": rows])) < 1e-5)
    if ONNXRuntime.isInstalled {
      #expect(try worst(ONNXRuntime.run(onnx, ["place": rows])) < 1e-5)
    }
    let lifted = try WeightedNetwork(lifting: ONNXModel(decoding: onnx.encoded()).graph)
    #expect(try worst(lifted.forward(["place": rows]).array(Float.self)) < 1e-5)
  }

  @Test func `puts a product and a sum alone where nothing is far from zero`() throws {
    let near = ChannelMap(centers: [127.3], scales: [0.02], shifts: [0.5])
    #expect(Set(near.parameters.keys) == ["scale", "shift"])
    #expect(abs(near.parameters["shift"]![0] - (0.5 - 127.3 * 0.02)) < 1e-9)
    let twice = ChannelMap(centers: [1e6], scales: [0.5], shifts: [1])
      .then(ChannelMap(centers: [3], scales: [2], shifts: [-1]))
    // ((x - 1e6) / 2 + 1 - 3) 2 - 1
    #expect(twice == ChannelMap(centers: [1e6], scales: [1], shifts: [-5]))
    #expect(twice.isFar)
  }

  @Test func `leaves steps outside that the network cannot hold`() throws {
    let fold = Shift(scales: [1, 1, 1], shifts: [0, 0, 0])
    let keep = Shift(scales: [1, 1, 1], shifts: [0, 0, 0], isFoldable: false)
    #expect(try model([fold, keep, fold]).foldableSteps(keeping: 0) == 1)
    #expect(try model([fold, fold]).foldableSteps(keeping: 0) == 2)
    // Stored rows have been through the first step already.
    #expect(try model([fold, fold]).foldableSteps(keeping: 1) == 1)
    #expect(try model([fold, keep]).foldableSteps(keeping: 0) == 0)
  }
}

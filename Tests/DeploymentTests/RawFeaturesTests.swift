import Diagnostics
import ExampleNetworks
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

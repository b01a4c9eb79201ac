import Diagnostics
import ExampleNetworks
import Foundation
import Hardware
import Network
import Tensor
import Testing

@testable import Deployment

struct ONNXExportTests {
  @Test(arguments: ExampleNetwork.all)
  func `computes in OpenVINO what the network computes`(example: ExampleNetwork) throws {
    let network = try example.network
    let model = try network.onnx(
      types: example.types, name: example.name, output: "result")
    let batch = try example.batch(6)
    let expected = try network.forward(batch).array(Float.self)
    expectClose(try runInOpenVINO(model, batch), expected)
  }

  /// A kernel of OpenVINO's for few rows ran past its memory on these.
  @Test(arguments: [1, 2, 3]) func `adds rows around products, however few`(rows: Int) throws {
    let network = try ExampleNetwork.rows.network
    let model = try network.onnx(types: [:], name: "rows", output: "result")
    let batch = try ExampleNetwork.rows.batch(rows)
    expectClose(try runInOpenVINO(model, batch), try network.forward(batch).array(Float.self))
  }

  @Test(.enabled(if: ONNXRuntime.isInstalled), arguments: ExampleNetwork.all)
  func `passes the full checker and agrees in ONNX Runtime`(example: ExampleNetwork) throws {
    let network = try example.network
    let model = try network.onnx(
      types: example.types, name: example.name, output: "result",
      metadata: ["classes": "[]"])
    let batch = try example.batch(6)
    let expected = try network.forward(batch).array(Float.self)
    expectClose(try ONNXRuntime.run(model, batch), expected)
  }

  @Test(arguments: [ExampleNetwork.mlp, .cnn, .residual])
  func `folds batch norms without changing the result`(example: ExampleNetwork) throws {
    let network = try example.network
    let folded = try network.foldingBatchNorm()
    #expect(!folded.graph.nodes.contains { $0.layer is BatchNorm })
    let batch = try example.batch(6)
    expectClose(
      try folded.forward(batch).array(Float.self),
      try network.forward(batch).array(Float.self))
    let model = try folded.onnx(types: [:], name: "folded", output: "result")
    #expect(!model.graph.nodes.contains { $0.operation == "BatchNormalization" })
  }

  @Test func `reads its own export back`() throws {
    let example = ExampleNetwork.residual
    let model = try example.network.onnx(
      types: [:], name: "residual", output: "result", metadata: ["classes": "[\"a\"]"])
    #expect(try ONNXModel(decoding: model.encoded()) == model)
    #expect(model.opset == 17)
    #expect(model.graph.inputs[0].dimensions == [.named("batch"), .fixed(2), .fixed(8), .fixed(8)])
  }
}

/// Runs a model in OpenVINO with one batch.
func runInOpenVINO(_ model: ONNXModel, _ batch: [String: Tensor]) throws -> [Float] {
  try withTemporaryDirectory { directory in
    let path = directory + "/model.onnx"
    try Data(model.encoded()).write(to: URL(filePath: path))
    let inputs = try batch.mapValues { try HostArray($0) }
    let rows = batch.values.first?.shape[0] ?? 0
    let engine = try OpenVINOEngine(
      reading: path, OpenVINOSettings(precision: .fp32, threads: 1), batch: rows)
    return try engine.predict(inputs, rows: rows)
  }
}

/// Expects values within 1e-4 of the largest magnitude.
func expectClose(
  _ values: [Float], _ expected: [Float], sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let comparison = ResultComparison(reference: expected, results: values, rows: 1)
  #expect(
    comparison.relativeDifference <= 1e-4, "\(comparison)", sourceLocation: sourceLocation)
}

import Diagnostics
import ExampleNetworks
import Foundation
import Hardware
import Tensor
import Testing

@testable import Deployment

struct OpenVINOTests {
  private let input = HostArray([1, 2, 3, 4, 5, 6], shape: [2, 3])
  /// relu(x · wᵀ + b) by hand.
  private let expected: [Float] = [6.25, 0, 12.25, 0]

  @Test(arguments: [1, 2, 3])
  func `answers the same however many batches run side by side`(streams: Int) throws {
    let example = ExampleNetwork.mlp
    let model = try example.network.onnx(types: [:], name: "m", output: "result")
    let batch = try example.batch(23, seed: 4)
    let expected = try runInOpenVINO(model, batch)
    let results = try withTemporaryDirectory { directory -> [Float] in
      let path = directory + "/model.onnx"
      try Data(model.encoded()).write(to: URL(filePath: path))
      let engine = try OpenVINOEngine(
        reading: path, OpenVINOSettings(precision: .fp32, threads: streams, streams: streams),
        batch: 4)
      return try engine.predict(batch.mapValues { try HostArray($0) }, rows: 23)
    }
    expectClose(results, expected)
  }

  @Test func `tells its version`() throws {
    #expect(try OpenVINO.version().hasPrefix("20"))
  }

  @Test(arguments: [nil, 2])
  func `runs an ONNX model`(batch: Int?) throws {
    try withTemporaryDirectory { directory in
      let graph = try OpenVINOGraph(reading: try write(to: directory))
      try check(graph, batch: batch)
    }
  }

  @Test func `writes IR that it reads back`() throws {
    try withTemporaryDirectory { directory in
      let graph = try OpenVINOGraph(reading: try write(to: directory))
      try graph.save(to: directory + "/model.xml")
      #expect(FileManager.default.fileExists(atPath: directory + "/model.bin"))
      try check(try OpenVINOGraph(reading: directory + "/model.xml"), batch: nil)
    }
  }

  @Test func `describes inputs and outputs and honours its settings`() throws {
    try withTemporaryDirectory { directory in
      let graph = try OpenVINOGraph(reading: try write(to: directory))
      let model = try graph.compile(OpenVINOSettings(precision: .fp32, threads: 1))
      #expect(try model.inputs().map(\.name) == ["x"])
      #expect(try model.inputs().map(\.shape) == [[nil, 3]])
      #expect(try model.outputs().map(\.type) == [.float32])
      #expect(try model.property("INFERENCE_NUM_THREADS") == "1")
      #expect(try model.property("INFERENCE_PRECISION_HINT") == "f32")
    }
  }

  @Test func `says what it cannot read`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/broken.onnx"
      try Data([1, 2, 3]).write(to: URL(filePath: path))
      let thrown = #expect(throws: Diagnostic.self) { _ = try OpenVINOGraph(reading: path) }
      #expect(thrown?.message == "OpenVINO cannot read the model '\(path)'")
      #expect(thrown?.notes.isEmpty == false)
    }
  }

  @Test func `refuses inputs of another shape`() throws {
    try withTemporaryDirectory { directory in
      let graph = try OpenVINOGraph(reading: try write(to: directory))
      let model = try graph.compile(OpenVINOSettings(precision: .fp32, threads: 1))
      var request = try model.request()
      let wrong = HostArray([1, 2, 3, 4], shape: [1, 4])
      let thrown = #expect(throws: Diagnostic.self) { try request.set(wrong, at: 0) }
      #expect(thrown?.message == "OpenVINO cannot take input 0 of the shape [1, 4]")
    }
  }

  private func write(to directory: String) throws -> String {
    let path = directory + "/model.onnx"
    try Data(ONNXExamples.dense.encoded()).write(to: URL(filePath: path))
    return path
  }

  private func check(_ graph: borrowing OpenVINOGraph, batch: Int?) throws {
    let model = try graph.compile(OpenVINOSettings(precision: .fp32, threads: 1), batch: batch)
    var request = try model.request()
    try request.set(input, at: 0)
    try request.infer()
    #expect(try request.result().shape == [2, 2])
    #expect(try request.result().floats == expected)
    try request.start()
    try request.wait()
    #expect(try request.result().floats == expected)
  }
}

/// Calls `body` with a directory that is gone afterwards.
func withTemporaryDirectory<R>(_ body: (String) throws -> R) throws -> R {
  let directory = NSTemporaryDirectory() + "anneal-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: directory) }
  return try body(directory)
}

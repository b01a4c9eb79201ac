import Processes
import Foundation
import Tensor
import YAML

@testable import Deployment

/// The `onnx` package's checker and ONNX Runtime, in the Python environment of the tests.
enum ONNXRuntime {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let python = repository.appending(path: ".deps/python/bin/python")

  /// Whether `scripts/setup --python` made the environment.
  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python.path) }

  struct Failure: Error { let message: String }

  /// Checks a model in full and returns its first output for a batch.
  static func run(_ model: ONNXModel, _ batch: [String: Tensor]) throws -> [Float] {
    try withTemporaryDirectory { directory in
      let path = directory + "/model.onnx"
      try Data(model.encoded()).write(to: URL(filePath: path))
      let inputs = try batch.mapValues { tensor -> Value in
        [
          "type": .string(tensor.type.rawValue), "shape": .array(tensor.shape.map(Value.int)),
          "values": .array(try tensor.array(Double.self).map(Value.double)),
        ]
      }
      let values: Value = ["inputs": .object(inputs)]
      try values.canonicalJSON.write(
        toFile: directory + "/case.json", atomically: false, encoding: .utf8)
      let script = repository.appending(path: "Tests/References/check_onnx.py").path
      let output = try execute([script, path, directory + "/case.json"])
      return try Value(parsingJSON: output, file: "output").array?.compactMap(\.double).map {
        Float($0)
      } ?? []
    }
  }

  private static func execute(_ arguments: [String]) throws -> Data {
    let finished = try FinishedProgram(
      running: python.path, arguments, environment: ProcessInfo.processInfo.environment)
    guard finished.ending == .exited(0) else {
      throw Failure(message: String(decoding: finished.errors, as: UTF8.self))
    }
    return Data(finished.output)
  }
}

import Diagnostics
import Network
import Testing

@testable import Deployment

struct ONNXModelTests {
  @Test func `reads back what it wrote`() throws {
    let model = ONNXExamples.dense
    #expect(try ONNXModel(decoding: model.encoded()) == model)
  }

  @Test func `reads every attribute type back`() throws {
    var model = ONNXExamples.dense
    model.graph.nodes[1].attributes = [
      ONNXAttribute(name: "f", value: .float(-0.5)),
      ONNXAttribute(name: "i", value: .integer(.min)),
      ONNXAttribute(name: "s", value: .string("NOTSET")),
      ONNXAttribute(name: "is", value: .integers([1, -1, 300])),
      ONNXAttribute(name: "fs", value: .floats([1, .infinity])),
    ]
    #expect(try ONNXModel(decoding: model.encoded()) == model)
  }

  @Test func `survives every truncation and every changed byte`() {
    let bytes = ONNXExamples.dense.encoded()
    for end in bytes.indices {
      let read = try? ONNXModel(decoding: Array(bytes[..<end]))
      #expect(read != ONNXExamples.dense)
    }
    for index in bytes.indices {
      for mask in [0x01, 0x80, 0xff] as [UInt8] {
        var changed = bytes
        changed[index] ^= mask
        // Some changes still make a model, such as another name; none may trap.
        _ = try? ONNXModel(decoding: changed)
      }
    }
  }

  @Test func `survives random bytes`() {
    var generator = SystemRandomNumberGenerator()
    for count in 0..<500 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = try? ONNXModel(decoding: bytes)
    }
  }

  @Test(
    arguments: [
      ([2, 4], "the ONNX constant 'w' has 24 bytes where its shape has 32"),
      ([-1, 3], "the ONNX constant 'w' has the dimensions [-1, 3]"),
      (
        [1 << 32, 1 << 32], "the ONNX constant 'w' has the dimensions [4294967296, 4294967296]"
      ),
    ] as [([Int64], String)])
  func `refuses constants whose shape does not fit their bytes`(
    dimensions: [Int64], message: String
  ) {
    var model = ONNXExamples.dense
    model.graph.initializers[0].dimensions = dimensions
    let thrown = #expect(throws: Diagnostic.self) { try ONNXModel(decoding: model.encoded()) }
    #expect(thrown?.message == message)
  }

  @Test func `refuses a file without a graph`() {
    let thrown = #expect(throws: Diagnostic.self) { try ONNXModel(decoding: []) }
    #expect(thrown?.message == "the ONNX file has no graph")
  }
}

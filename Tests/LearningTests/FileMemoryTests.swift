import Diagnostics
import Foundation
import Tensor
import Testing

@testable import Learning

struct `Tensors in files` {
  @Test func `are computed with as any other, and leave nothing behind`() throws {
    let folder = NSTemporaryDirectory() + "anneal-state-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let values = (0..<6).map { Float($0) - 2.5 }
    let plain = try Tensor(values, shape: [2, 3]).requireGradient()
    let filed = try plain.copied(toFileOf: folder).requireGradient()
    #expect(filed.requiresGradient && filed.shape == [2, 3])
    try filed.setGradient(.zeros([2, 3], inFileOf: folder))
    let place = try #require(try filed.gradient())
    for tensor in [plain, filed] { try tensor.square().sum().backward() }
    #expect(try filed.gradient()?.bytes() == plain.gradient()?.bytes())
    // What was there before was added to.
    #expect(try place.bytes() == plain.gradient()?.bytes())
    #expect(try Tensor.zeros([0], inFileOf: folder).count == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func `name the folder that has no room for them`() {
    let thrown = #expect(throws: Diagnostic.self) {
      try Tensor.zeros([4], inFileOf: "/nowhere")
    }
    #expect(thrown?.message.contains("cannot create a file in '/nowhere'") == true)
    let folder = NSTemporaryDirectory()
    let large = #expect(throws: Diagnostic.self) {
      try Tensor.zeros([1 << 50], inFileOf: folder)
    }
    #expect(large?.message.contains("bytes of a training's state") == true)
  }
}

package import Diagnostics
internal import Tensor
package import YAML

/// Takes noise out of images of bytes.
package struct DenoiseImages: DeferredStep {
  package static let kind = "denoise"

  package var keepsFinite: Bool { true }

  /// The names of the images.
  package var features: [String]
  package var filter: Denoising

  package init(features: [String], filter: Denoising) {
    self.features = features
    self.filter = filter
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    features = try reader.strings("features")
    filter = try Denoising(reader.members("filter"))
  }

  package var value: Value {
    ["features": .array(features.map(Value.string)), "filter": filter.value]
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    for name in features {
      guard let tensor = batch.inputs[name] else { continue }
      let pixels = try denoised(tensor.array(UInt8.self), Array(tensor.shape.dropFirst()))
      batch.inputs[name] = try Tensor(pixels, shape: tensor.shape).to(tensor.device)
    }
  }

  /// The same for rows in memory, whose images have the given shapes.
  package func apply(to block: Block, shapes: [String: [Int]]) throws(Diagnostic) -> Block {
    var block = block
    for name in features {
      guard case .uint8(let pixels) = block.features[name], let shape = shapes[name] else {
        continue
      }
      block.features[name] = .uint8(try denoised(pixels, shape))
    }
    return block
  }

  private func denoised(_ pixels: [UInt8], _ shape: [Int]) throws(Diagnostic) -> [UInt8] {
    guard shape.count == 3 else { throw Diagnostic("an image to denoise has the shape \(shape)") }
    let picture = Picture(channels: shape[0], height: shape[1], width: shape[2])
    return try ImageCodec.denoise(pixels, of: picture, by: filter)
  }
}

package import Options
package import Tensor

/// The mean of each channel over the whole image: `[C, H, W]` to `[C]`.
package struct GlobalPool: Layer {
  package static let type = "global-pool"
  package static let summary = "Takes the mean of each channel over the whole image."

  package init() {}

  package static var fields: [Field<Self>] {}

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    try [imageSize(of: inputs[0]).channels]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].mean(2, 3)
  }
}

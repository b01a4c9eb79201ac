internal import Hardware
package import Network
package import Pipeline

extension Workload {
  /// A stage that trains in float32, or with products in TF32 or bfloat16. Not in float16, whose
  /// gradients would have to be scaled.
  package static func gradientDescent(convolves: Bool) -> Workload {
    Workload(
      .compute, trains: true, convolves: convolves, precisions: [.fp32, .tf32, .bf16],
      usesAccelerators: true)
  }
}

extension ModelPreset {
  /// Whether convolutions dominate the network.
  package var convolves: Bool {
    switch self {
    case .cnn, .resnet: true
    case .linear, .mlp: false
    case .layers(let list): list.layers.contains { $0.layer.traits.product?.convolves ?? false }
    }
  }
}

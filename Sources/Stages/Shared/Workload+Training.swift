internal import Hardware
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

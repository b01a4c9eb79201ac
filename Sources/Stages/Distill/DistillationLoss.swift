internal import Dataset
internal import Glibc
internal import Learning
internal import Tensor

/// The student's loss (Hinton et al. 2015, section 2):
///
/// L = h CE(z_s, y) + m T² KL(softmax(z_t / T) ‖ softmax(z_s / T)), summed over classes and averaged
/// over samples. Of several teachers the probabilities are averaged.
///
/// Of labels the divergence is that of each label's two probabilities, σ(z / T), in the mean over labels.
///
/// Of values, L = h E(z_s, y) + m ((z_s - z_t) / u)²: E is the loss that suits them, u their unit, and of
/// several teachers the values are averaged.
struct DistillationLoss {
  var hardWeight: Double
  var softWeight: Double
  var temperature: Double
  var hard: Loss

  /// - Parameters:
  ///   - student: Logits `[N, classes]`, or values `[N, K]`.
  ///   - teachers: Each teacher's logits, of the same shape and outside any record.
  func callAsFunction(_ student: Tensor, teachers: [Tensor], _ batch: Batch) throws -> Tensor {
    var terms: [Tensor] = []
    if hardWeight > 0 { terms.append(try hard(student, batch) * hardWeight) }
    guard softWeight > 0 else { return try Self.sum(terms) }
    let student = try student.to(.float32)
    switch hard.task {
    case .regression: terms.append(try distance(of: student, from: teachers) * softWeight)
    case .classification:
      let divergence = try divergence(of: student, from: teachers)
      terms.append(try divergence * (softWeight * temperature * temperature))
    case .multiLabel:
      let divergence = try labelDivergence(of: student, from: teachers)
      terms.append(try divergence * (softWeight * temperature * temperature))
    }
    return try Self.sum(terms)
  }

  private static func sum(_ terms: [Tensor]) throws -> Tensor {
    try terms.dropFirst().reduce(terms[0]) { sum, term in try sum + term }
  }

  private func distance(of student: Tensor, from teachers: [Tensor]) throws -> Tensor {
    let answers = try Tensor.stack(teachers.map { try hard.standardized($0.to(.float32)) }).mean(0)
    return try hard.standardized(student).squaredError(answers)
  }

  /// KL(p_t ‖ p_s) = Σ p_t (log p_t - log p_s) over a label's being there and its not being there.
  private func labelDivergence(of student: Tensor, from teachers: [Tensor]) throws -> Tensor {
    let softened = try teachers.map { try ($0.to(.float32) / temperature).sigmoid() }
    // As far from 0 and 1 as 32-bit numbers tell, so that logarithms are finite.
    let present = try Tensor.stack(softened).mean(0).clamp(1e-7, 1 - 1e-7)
    let logits = try student / temperature
    let own = try present * logits.logSigmoid() + (1 - present) * (-logits).logSigmoid()
    let entropy = try present * present.log() + (1 - present) * (1 - present).log()
    return try (entropy - own).mean()
  }

  private func divergence(of student: Tensor, from teachers: [Tensor]) throws -> Tensor {
    let softened = try teachers.map { try ($0.to(.float32) / temperature).logSoftmax() }
    let target =
      softened.count == 1
      ? softened[0] : try Tensor.stack(softened).logSumExp(0) - log(Double(softened.count))
    return try (student / temperature).logSoftmax().klDivergence(target)
  }
}

internal import Dataset
internal import Glibc
internal import Learning
internal import Tensor

/// The student's loss (Hinton et al. 2015, section 2):
///
/// L = h CE(z_s, y) + m T² KL(softmax(z_t / T) ‖ softmax(z_s / T)), summed over classes and averaged
/// over samples. Of several teachers the probabilities are averaged, each with its share.
///
/// Of labels the divergence is that of each label's two probabilities, σ(z / T), in the mean over labels.
///
/// Of values, L = h E(z_s, y) + m ((z_s - z_t) / u)²: E is the loss that suits them, u their unit, and of
/// several teachers the values are averaged.
///
/// Of rows without a label only what the teachers say counts; E is then summed over the others and divided by
/// how many of them a batch has in the mean, so that a batch that happens to have few counts no more for it.
struct DistillationLoss {
  var hardWeight: Double
  var softWeight: Double
  var temperature: Double
  var hard: Loss
  /// How much each teacher counts, 1 together.
  var shares: [Double]
  /// The share of the training rows that have a label.
  var labelled = 1.0

  /// The terms of the loss, each with its weight; none where both weights are 0.
  ///
  /// - Parameters:
  ///   - student: Logits `[N, classes]`, or values `[N, K]`.
  ///   - teachers: Each teacher's logits, of the same shape and outside any record.
  func terms(_ student: Tensor, teachers: [Tensor], _ batch: Batch) throws -> [Tensor] {
    var terms: [Tensor] = []
    if hardWeight > 0, let loss = try hardLoss(student, batch) {
      terms.append(try loss * hardWeight)
    }
    guard softWeight > 0 else { return terms }
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
    return terms
  }

  /// The sum of the terms.
  func callAsFunction(_ student: Tensor, teachers: [Tensor], _ batch: Batch) throws -> Tensor {
    try Self.sum(terms(student, teachers: teachers, batch), of: student)
  }

  /// The sum of terms; where there is none, a 0 that depends on what the network gave.
  static func sum(_ terms: [Tensor], of output: Tensor) throws -> Tensor {
    guard let first = terms.first else { return try output.to(.float32).sum() * 0 }
    return try terms.dropFirst().reduce(first) { sum, term in try sum + term }
  }

  /// The loss of the rows that have a label; nil where none of the batch has.
  private func hardLoss(_ student: Tensor, _ batch: Batch) throws -> Tensor? {
    guard let places = batch.labelled, let target = batch.target else {
      return try hard(student, batch)
    }
    guard !places.isEmpty else { return nil }
    let known = Batch(
      inputs: [:], target: try target.select(0, indices: places),
      weights: try batch.weights?.select(0, indices: places), rows: places.map { batch.rows[$0] })
    let usual = Double(batch.rows.count) * labelled
    return try hard(student.select(0, indices: places), known) * (Double(places.count) / usual)
  }

  /// The mean over teachers `[teachers, …]`, each with its share.
  private func mean(of answers: [Tensor]) throws -> Tensor {
    try Self.sum(zip(answers, shares).map { try $0 * $1 }, of: answers[0])
  }

  private func distance(of student: Tensor, from teachers: [Tensor]) throws -> Tensor {
    let answers = try mean(of: teachers.map { try hard.standardized($0.to(.float32)) })
    return try hard.standardized(student).squaredError(answers)
  }

  /// KL(p_t ‖ p_s) = Σ p_t (log p_t - log p_s) over a label's being there and its not being there.
  private func labelDivergence(of student: Tensor, from teachers: [Tensor]) throws -> Tensor {
    let softened = try teachers.map { try ($0.to(.float32) / temperature).sigmoid() }
    // As far from 0 and 1 as 32-bit numbers tell, so that logarithms are finite.
    let present = try mean(of: softened).clamp(1e-7, 1 - 1e-7)
    let logits = try student / temperature
    let own = try present * logits.logSigmoid() + (1 - present) * (-logits).logSigmoid()
    let entropy = try present * present.log() + (1 - present) * (1 - present).log()
    return try (entropy - own).mean()
  }

  private func divergence(of student: Tensor, from teachers: [Tensor]) throws -> Tensor {
    let softened = try teachers.map { try ($0.to(.float32) / temperature).logSoftmax() }
    guard softened.count > 1 else { return try divergence(of: student, from: softened[0]) }
    let parts = try zip(softened, shares).map { try $0 + log($1) }
    return try divergence(of: student, from: Tensor.stack(parts).logSumExp(0))
  }

  /// From log-probabilities.
  private func divergence(of student: Tensor, from target: Tensor) throws -> Tensor {
    try (student / temperature).logSoftmax().klDivergence(target)
  }
}

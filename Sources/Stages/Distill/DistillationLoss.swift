internal import Dataset
internal import Glibc
internal import Learning
internal import Tensor

/// The student's loss (Hinton et al. 2015, section 2):
///
/// L = h CE(z_s, y) + m T² KL(softmax(z_t / T) ‖ softmax(z_s / T)), summed over classes and averaged
/// over samples. Of several teachers the probabilities are averaged.
///
/// Of values, L = h E(z_s, y) + m ((z_s - z_t) / u)²: E is the loss that suits them, u their unit, and of
/// several teachers the values are averaged.
struct DistillationLoss {
  var hardWeight: Double
  var softWeight: Double
  var temperature: Double
  var hard: Loss

  /// - Parameters:
  ///   - student: Logits `[N, classes]`, or values `[N, 1]`.
  ///   - teachers: Each teacher's logits, of the same shape and outside any record.
  func callAsFunction(_ student: Tensor, teachers: [Tensor], _ batch: Batch) throws -> Tensor {
    var terms: [Tensor] = []
    if hardWeight > 0 { terms.append(try hard(student, batch) * hardWeight) }
    if softWeight > 0, !hard.function.isForClasses {
      terms.append(try distance(of: student.to(.float32), from: teachers) * softWeight)
    } else if softWeight > 0 {
      let divergence = try divergence(of: student.to(.float32), from: teachers)
      terms.append(try divergence * (softWeight * temperature * temperature))
    }
    return try terms.dropFirst().reduce(terms[0]) { sum, term in try sum + term }
  }

  private func distance(of student: Tensor, from teachers: [Tensor]) throws -> Tensor {
    let answers = try Tensor.stack(teachers.map { try $0.to(.float32).reshape([-1]) }).mean(0)
    return try (student.reshape([-1]) / hard.unit).squaredError(answers / hard.unit)
  }

  private func divergence(of student: Tensor, from teachers: [Tensor]) throws -> Tensor {
    let softened = try teachers.map { try ($0.to(.float32) / temperature).logSoftmax() }
    let target =
      softened.count == 1
      ? softened[0] : try Tensor.stack(softened).logSumExp(0) - log(Double(softened.count))
    return try (student / temperature).logSoftmax().klDivergence(target)
  }
}

internal import Dataset
internal import Deployment
internal import Diagnostics
internal import Hardware
internal import Learning
internal import Tensor
internal import YAML

/// Tells how well candidates do on held-out rows, and which fall below the floor.
final class QualityJudge {
  /// The quality of the model as it came in.
  let reference: Double
  private let held: HeldOut
  private let trials: TrialModel
  private let floor: Double
  private let qualityName: String
  private var known: [Candidate: Double] = [:]

  /// Rows in a batch while quality is judged.
  static let batch = 64

  init(
    _ held: HeldOut, _ variants: ModelVariants, _ trials: TrialModel, floor: Double
  ) throws {
    self.held = held
    self.trials = trials
    self.floor = floor
    qualityName = variants.model.target.task == .classification ? "accuracy" : "R²"
    let engine = try LibtorchEngine(
      variants.given, threads: try Engine.threads(), batch: Self.batch)
    let results = try engine.predict(held.inputs, rows: held.rows)
    reference = held.metrics(of: results).quality
  }

  /// The candidate's quality; candidates with the same arithmetic are judged once.
  func quality(of candidate: Candidate) throws -> Double {
    if let known = known[candidate.arithmetic] { return known }
    let engine = try trials.engine(for: candidate.arithmetic, batch: Self.batch)
    let quality = held.metrics(of: try engine.predict(held.inputs, rows: held.rows)).quality
    known[candidate.arithmetic] = quality
    return quality
  }

  /// Why the quality is not enough, or nil where it is.
  func objection(to quality: Double) -> String? {
    // Rounding of the difference itself must not decide.
    guard quality - reference < floor - 1e-12 else { return nil }
    let lost = Rounded.text((reference - quality) * 100, digits: 3)
    let allowed = Rounded.text(-floor * 100, digits: 3)
    return "loses \(lost) points of \(qualityName), \(allowed) are allowed"
  }
}

internal import Dataset
internal import Deployment
internal import Diagnostics
internal import Hardware
internal import Learning
internal import Tensor
internal import YAML

/// Tells how well candidates do on held-out rows, and which fall below the floor.
final class QualityJudge {
  /// What is known of a candidate's results.
  struct Verdict {
    /// Accuracy, or R² of a regression.
    let quality: Double
    /// What is lost against the trained model.
    let loss: QualityLoss
    /// Why the quality is not enough, or nil where it is.
    let objection: String?
  }

  private let held: HeldOut
  private let trials: TrialModel
  private let floor: Floor
  /// What the trained model gives.
  private let reference: [Float]
  private var known: [Candidate: Verdict] = [:]

  /// Rows in a batch while quality is judged.
  static let batch = 64

  init(
    _ held: HeldOut, _ variants: ModelVariants, _ trials: TrialModel, floor: Floor
  ) throws {
    self.held = held
    self.trials = trials
    self.floor = floor
    reference = try held.results(
      of: LibtorchEngine(variants.trained, threads: try Engine.threads(), batch: Self.batch))
  }

  /// The verdict on a candidate; candidates with the same arithmetic are judged once.
  func verdict(on candidate: Candidate) throws -> Verdict {
    if let known = known[candidate.arithmetic] { return known }
    let engine = try trials.engine(for: candidate.arithmetic, batch: Self.batch)
    let results = try held.results(of: engine)
    let loss = held.loss(of: results, against: reference)
    let allowed = Rounded.text(floor.allowed * 100, digits: 3)
    let verdict = Verdict(
      quality: held.metrics(of: results).quality, loss: loss,
      objection: loss.exceeds(floor.allowed)
        ? "loses \(loss.text(of: held.figure)), \(allowed) are allowed" : nil)
    known[candidate.arithmetic] = verdict
    return verdict
  }
}

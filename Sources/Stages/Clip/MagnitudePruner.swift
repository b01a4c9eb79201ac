internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import Tensor

/// Sets the weights nearest to zero to zero, and keeps them there.
///
/// While a network is trained further the share follows s = s_f + (s_i - s_f)(1 - t)³ (Zhu and Gupta
/// 2017, equation 1), where t reaches 1 after three quarters of the training, so that the last
/// quarter heals the network at its final sparsity.
final class MagnitudePruner {
  private let settings: MagnitudePruning
  private let names: [String]
  private var masks: Parameters = [:]

  /// How often masks move in the whole training, at least; in a shorter one after every step.
  private static let moves = 100
  /// The share of the training after which the final sparsity is reached.
  private static let reach = 0.75

  /// - Parameter layers: The nodes whose weights are pruned.
  init(_ settings: MagnitudePruning, layers: [String]) {
    self.settings = settings
    names = layers.map { $0 + ".weight" }
  }

  /// The share to be zero when a part of the training is done.
  func sparsity(at fraction: Double) -> Double {
    let left = 1 - min(fraction / Self.reach, 1)
    let (first, last) = (settings.start.double, settings.sparsity.double)
    return last + (first - last) * left * left * left
  }

  /// The first epoch, from 0, that ends at the final sparsity. What networks with more weights do before
  /// it says nothing of the pruned one.
  static func firstFinalEpoch(of epochs: Int) -> Int {
    (0..<epochs).first { Double($0 + 1) / Double(epochs) >= reach } ?? 0
  }

  /// Takes the masks from the weights that are zero, as every epoch starts with, so that a training
  /// that goes on from an epoch's end finds the masks of one that was not interrupted.
  func holdZeros(of parameters: Parameters) throws {
    for name in names {
      masks[name] = try parameters.tensor(name).detach().differs(from: 0).to(.float32)
    }
  }

  /// Prunes after an optimizer step.
  ///
  /// Masks move after each hundredth of the training and at the end of each epoch. What is zero stays
  /// so, because zeros are the least of magnitudes.
  func afterStep(_ parameters: Parameters, at place: TrainingPlace) throws {
    try apply(to: parameters)
    let step = place.epoch * place.run.stepsPerEpoch + place.step
    let interval = max(1, place.run.steps / Self.moves)
    guard step % interval == 0 || place.step + 1 == place.run.stepsPerEpoch else { return }
    try findMasks(parameters, sparsity: sparsity(at: place.fraction))
    try apply(to: parameters)
  }

  /// Prunes to the final sparsity at once.
  func prune(_ parameters: Parameters) throws {
    try findMasks(parameters, sparsity: settings.sparsity.double)
    try apply(to: parameters)
  }

  /// Sets to zero what the masks leave out.
  func apply(to parameters: Parameters) throws {
    try withoutGradients {
      let weights = try names.map { try parameters.tensor($0) }
      try ParameterUpdates.multiply(weights, by: names.map { try masks.tensor($0) })
    }
  }

  private func findMasks(_ parameters: Parameters, sparsity: Double) throws {
    let magnitudes = try names.map { try parameters.tensor($0).detach().abs() }
    switch settings.scope {
    case .global:
      let all = try Tensor.concatenate(magnitudes.map { try $0.flatten(from: 0) })
      let threshold = try self.threshold(all, sparsity)
      for (name, magnitude) in zip(names, magnitudes) {
        masks[name] = try mask(magnitude, above: threshold)
      }
    case .layer:
      for (name, magnitude) in zip(names, magnitudes) {
        let threshold = try self.threshold(magnitude.flatten(from: 0), sparsity)
        masks[name] = try mask(magnitude, above: threshold)
      }
    }
  }

  /// The largest magnitude that goes, or nil where none does.
  private func threshold(_ magnitudes: Tensor, _ sparsity: Double) throws -> Tensor? {
    let count = Int((sparsity * Double(magnitudes.count)).rounded(.down))
    return count == 0 ? nil : try magnitudes.kthSmallest(count, dimension: 0).values
  }

  private func mask(_ magnitude: Tensor, above threshold: Tensor?) throws -> Tensor {
    guard let threshold else { return try .ones(magnitude.shape, device: magnitude.device) }
    return try (magnitude > threshold).to(.float32)
  }
}

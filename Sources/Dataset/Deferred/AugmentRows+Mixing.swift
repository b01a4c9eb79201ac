internal import Diagnostics
internal import Hardware
internal import Network
internal import Options
internal import Tensor

/// Mixing with other rows. The other row is one of all that are trained on, and not one of the batch, so
/// that batches of any size mix alike; it is seen as the augmentations before the first that mixes leave
/// it in the same epoch.
extension AugmentRows {
  func mix(
    _ batch: inout Batch, _ index: Int, after first: Int, _ streams: [RandomStream],
    in context: StepContext
  ) throws(Diagnostic) {
    guard let step = augmentations[index].step as? any MixingAugmentation else { return }
    guard let reader = context.reader, reader.rows > 0 else {
      throw Diagnostic("there are no other rows to mix with")
    }
    var mixed: [Int] = []
    var partners: [Int] = []
    var mixtures: [Mixture] = []
    for (place, stream) in streams.enumerated() {
      var own = stream.child(.init(index))
      guard own.bernoulli(step.probability.double) else { continue }
      mixed.append(place)
      partners.append(own.bounded(reader.rows))
      mixtures.append(step.mixture(from: &own))
    }
    guard !mixed.isEmpty else { return }
    let others = try self.partners(partners, first, reader, in: context)
    var kept = mixtures.map(\.share)
    for name in features.keys.sorted() {
      guard let facts = features[name], type(of: step).kinds.contains(facts.feature.kind),
        let rows = batch.inputs[name], let other = others.inputs[name]
      else { continue }
      let own = try rows.to(.float32).select(0, indices: mixed)
      let shares = try Self.shares(mixtures, &kept, own.shape).to(rows.device)
      let joined = try own * shares + other.to(rows.device).to(.float32) * (1 - shares)
      batch.inputs[name] = try rows.to(.float32).replacing(mixed, by: joined)
    }
    try mixTargets(of: &batch, mixed, others, kept, reader)
  }

  /// The other rows, on the host.
  private func partners(
    _ places: [Int], _ first: Int, _ reader: SplitReader, in context: StepContext
  ) throws(Diagnostic) -> Batch {
    var batch = try reader.gather(places)
    var context = context
    context.device = .cpu
    try DeferredSteps.apply(context.earlier, to: &batch, in: context)
    try changeAll(&batch, before: first, in: context)
    return batch
  }

  /// How much of each own value stays, `[rows, …]` broadcast against rows of a shape.
  ///
  /// - Parameter kept: Set to the share of an image that a rectangle leaves.
  private static func shares(
    _ mixtures: [Mixture], _ kept: inout [Double], _ shape: [Int]
  ) throws(Diagnostic) -> Tensor {
    let pastes = mixtures.contains { if case .paste = $0 { true } else { false } }
    guard pastes, shape.count == 4 else {
      let values = kept.map { Float($0) }
      return try Tensor(values, shape: [values.count] + shape.dropFirst().map { _ in 1 })
    }
    let (height, width) = (shape[2], shape[3])
    var values = [Float](repeating: 1, count: mixtures.count * height * width)
    for (row, mixture) in mixtures.enumerated() {
      guard case .paste(let x, let y, let side) = mixture else { continue }
      func span(_ middle: Double, _ count: Int) -> Range<Int> {
        let center = Int(middle * Double(count))
        let half = Int(side * Double(count)) / 2
        return max(0, center - half)..<min(count, center + half)
      }
      let (rows, columns) = (span(y, height), span(x, width))
      for line in rows {
        let start = (row * height + line) * width
        for place in columns { values[start + place] = 0 }
      }
      kept[row] = 1 - Double(rows.count * columns.count) / Double(height * width)
    }
    return try Tensor(values, shape: [mixtures.count, 1, height, width])
  }

  /// Classes become weights of each class; values are blended.
  private func mixTargets(
    of batch: inout Batch, _ mixed: [Int], _ others: Batch, _ kept: [Double],
    _ reader: SplitReader
  ) throws(Diagnostic) {
    guard var target = batch.target, let other = others.target else { return }
    func weights(_ target: Tensor) throws(Diagnostic) -> Tensor {
      guard target.type == .int64, target.rank == 1 else { return try target.to(.float32) }
      let classes = reader.description.target?.classes.count ?? 0
      return try target.oneHot(classes: classes).to(.float32)
    }
    target = try weights(target)
    let own = try target.select(0, indices: mixed)
    let shape = [kept.count] + own.shape.dropFirst().map { _ in 1 }
    let shares = try Tensor(kept.map { Float($0) }, shape: shape).to(target.device)
    let joined = try own * shares + weights(other).to(target.device) * (1 - shares)
    batch.target = try target.replacing(mixed, by: joined)
  }
}

extension Mixture {
  /// The part of the own row that stays, as far as it does not depend on the image.
  fileprivate var share: Double {
    switch self {
    case .blend(let share): share
    case .paste: 1
    }
  }
}

extension Tensor {
  /// The tensor with some of its first indices taken from another one, in order.
  fileprivate func replacing(_ places: [Int], by other: Tensor) throws(Diagnostic) -> Tensor {
    if places.count == shape[0] { return other }
    var order = Array(0..<shape[0])
    for (index, place) in places.enumerated() { order[place] = shape[0] + index }
    return try Tensor.concatenate([self, other], dimension: 0).select(0, indices: order)
  }
}

package import Diagnostics
internal import Hardware
internal import Network
internal import Options
internal import Tensor
package import YAML

/// Changes training rows at random, differently in every epoch.
///
/// What happens to a row depends on the seed, the epoch, the row's id and the places of the step and of
/// the augmentation in their lists alone. All images of a row change alike. Everything runs in host
/// memory, so that the same bits come out whatever device consumes them.
package struct AugmentRows: DeferredStep {
  package static let kind = "augment"

  package var keepsFinite: Bool { true }

  package let augmentations: [Augmentation]

  /// How values between pixels are found, and what lies outside an image.
  package let resampling: Resampling

  /// What is known of each feature that changes, by name.
  package let features: [String: AugmentedFeature]

  package init(
    _ augmentations: [Augmentation], of features: [AugmentedFeature],
    resampling: Resampling = Resampling()
  ) {
    self.augmentations = augmentations
    self.resampling = resampling
    self.features = Dictionary(features.map { ($0.feature.name, $0) }) { first, _ in first }
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    let members = try reader.members("features")
    var features: [AugmentedFeature] = []
    for name in members.object.keys.sorted() {
      features.append(try AugmentedFeature(members.members(name)))
    }
    do {
      self.init(
        try [Augmentation].decode(.array(reader.array("steps")), from: reader.file), of: features,
        resampling: try Resampling.decode(reader.object["resampling"] ?? [:], from: reader.file))
    } catch let problem as Diagnostic {
      throw problem
    } catch {
      throw reader.problem("steps", "is no list of augmentations")
    }
  }

  package var value: Value {
    [
      "steps": .array(augmentations.map(\.value)), "resampling": resampling.value,
      "features": .object(features.mapValues(\.value)),
    ]
  }

  package var isTrainingOnly: Bool { true }

  package func transforming(_ features: [Feature]) -> [Feature] {
    features.map { feature in
      var feature = feature
      if self.features[feature.name] != nil, feature.type == .uint8 { feature.type = .float32 }
      return feature
    }
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    try apply(to: &batch, in: context, before: nil)
  }

  /// Changes a batch and takes it through the scales that follow, images in the same pass.
  func apply(
    to batch: inout Batch, in context: StepContext, before scale: ScaleFeatures?
  ) throws(Diagnostic) {
    let mixing = augmentations.indices.filter { augmentations[$0].step is any MixingAugmentation }
    let streams = batch.rows.map { context.stream(row: $0) }
    guard let first = mixing.first else {
      let done = try change(&batch, augmentations.indices, streams, scale)
      try scale?.apply(to: &batch, leaving: done)
      return
    }
    _ = try change(&batch, 0..<first, streams, nil)
    for (place, index) in mixing.enumerated() {
      try mix(&batch, index, after: first, streams, in: context)
      let end = place + 1 < mixing.count ? mixing[place + 1] : augmentations.endIndex
      _ = try change(&batch, index + 1..<end, streams, nil)
    }
    try scale?.apply(to: &batch, leaving: [])
  }

  /// Applies the augmentations before one, none of which mixes rows.
  func changeAll(
    _ batch: inout Batch, before end: Int, in context: StepContext
  ) throws(Diagnostic) {
    _ = try change(&batch, 0..<end, batch.rows.map { context.stream(row: $0) }, nil)
  }

  /// Applies some of the augmentations, none of which mixes rows.
  ///
  /// - Returns: The features that went through the scale.
  private func change(
    _ batch: inout Batch, _ range: Range<Int>, _ streams: [RandomStream], _ scale: ScaleFeatures?
  ) throws(Diagnostic) -> Set<String> {
    var done: Set<String> = []
    guard !range.isEmpty else { return done }
    for (name, facts) in features {
      guard let rows = batch.inputs[name] else { continue }
      let host = try rows.to(.cpu)
      let changed: Tensor
      if facts.feature.kind == .image {
        let scale = scale?.channelScale(of: name, channels: facts.fill.count)
        if scale != nil { done.insert(name) }
        changed = try images(host, facts, range, streams, scale)
      } else {
        changed = try values(host, facts, range, streams)
      }
      batch.inputs[name] = try changed.to(rows.device)
    }
    return done
  }

  private func images(
    _ images: Tensor, _ facts: AugmentedFeature, _ range: Range<Int>, _ streams: [RandomStream],
    _ scale: RowScale?
  ) throws(Diagnostic) -> Tensor {
    let shape = images.shape
    guard shape.count == 4 else {
      throw Diagnostic("the feature '\(facts.feature.name)' to augment has the shape \(shape)")
    }
    let steps = range.compactMap { index in
      (augmentations[index].step as? any ImageAugmentation).map { (index, $0) }
    }
    let changes = streams.map { stream in
      var changes = ImageChanges(height: shape[2], width: shape[3])
      for (index, step) in steps {
        var own = stream.child(.init(index))
        step.add(to: &changes, from: &own)
      }
      return changes.finish()
    }
    var program = ImageProgram(changes, fill: facts.fill, light: facts.light, scale: scale)
    program.interpolation = resampling.interpolation.native
    program.border = resampling.border.native
    let isPlain = images.type == .uint8 || images.type == .float32
    return try (isPlain ? images : images.to(.float32)).changed(by: program)
  }

  private func values(
    _ rows: Tensor, _ facts: AugmentedFeature, _ range: Range<Int>, _ streams: [RandomStream]
  ) throws(Diagnostic) -> Tensor {
    let steps = range.compactMap { index -> (Int, any RowAugmentation)? in
      guard let step = augmentations[index].step as? any RowAugmentation,
        type(of: step).kinds.contains(facts.feature.kind), step.changes(facts.feature)
      else { return nil }
      return (index, step)
    }
    guard !steps.isEmpty else { return rows }
    let width = facts.feature.width
    guard rows.count == width * streams.count else {
      throw Diagnostic(
        "the feature '\(facts.feature.name)' to augment has the shape \(rows.shape)")
    }
    func changed(_ row: FeatureRow, _ stream: RandomStream) -> FeatureRow {
      var row = row
      for (index, step) in steps {
        var own = stream.child(.init(index))
        step.change(&row, from: &own)
      }
      return row
    }
    if rows.type == .int32 {
      var codes = try rows.array(Int32.self)
      for (place, stream) in streams.enumerated() {
        let span = place * width..<(place + 1) * width
        let row = FeatureRow(shape: facts.feature.shape, facts: facts, codes: Array(codes[span]))
        codes.replaceSubrange(span, with: changed(row, stream).codes)
      }
      return try Tensor(codes, shape: rows.shape)
    }
    var numbers = try rows.array(Float.self)
    for (place, stream) in streams.enumerated() {
      let span = place * width..<(place + 1) * width
      let row = FeatureRow(shape: facts.feature.shape, facts: facts, numbers: Array(numbers[span]))
      numbers.replaceSubrange(span, with: changed(row, stream).numbers)
    }
    return try Tensor(numbers, shape: rows.shape)
  }
}

package import Diagnostics
internal import Options
internal import Tensor
package import YAML

/// Changes training images at random, differently in every epoch.
///
/// What happens to a row depends on the seed, the epoch, the row's id and the places of the step and
/// of the augmentation in their lists alone. All images of a row change alike.
package struct AugmentImages: DeferredStep {
  package static let kind = "augment"

  package var augmentations: [Augmentation]

  /// For each image what stands where a map leaves it: as the steps before leave an image of zeros,
  /// one value for each channel, or for each element where they differ within a channel.
  package var fills: [String: [Float]]

  package init(augmentations: [Augmentation], fills: [String: [Float]]) {
    self.augmentations = augmentations
    self.fills = fills
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    fills = try reader.numberLists("fills")
    do {
      augmentations = try [Augmentation].decode(.array(reader.array("steps")), from: reader.file)
    } catch let problem as Diagnostic {
      throw problem
    } catch {
      throw reader.problem("steps", "is no list of augmentations")
    }
  }

  package var value: Value {
    ["steps": .array(augmentations.map(\.value)), "fills": Value(numberLists: fills)]
  }

  package var isTrainingOnly: Bool { true }

  package func transforming(_ features: [Feature]) -> [Feature] {
    features.map { feature in
      var feature = feature
      if fills[feature.name] != nil { feature.type = .float32 }
      return feature
    }
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    let streams = batch.rows.map { context.stream(row: $0) }
    for (name, fill) in fills {
      guard let images = batch.inputs[name] else { continue }
      guard images.rank == 4 else {
        throw Diagnostic("the feature '\(name)' to augment has the shape \(images.shape)")
      }
      let maps = streams.map { map(height: images.shape[2], width: images.shape[3], $0) }
      let fill = try background(fill, images, name)
      batch.inputs[name] = try images.to(.float32).resampled(by: maps, outside: fill)
    }
  }

  /// One map for all that happens to an image.
  private func map(height: Int, width: Int, _ stream: RandomStream) -> ImageMap {
    augmentations.enumerated().reduce(.identity) { map, step in
      var stream = stream.child(.init(step.offset))
      return map.then(step.element.geometric.map(height: height, width: width, from: &stream))
    }
  }

  private func background(
    _ fill: [Float], _ images: Tensor, _ name: String
  ) throws(Diagnostic) -> Tensor {
    let row = Array(images.shape.dropFirst())
    if fill.count == row[0] {
      return try Tensor(fill, shape: [1, row[0], 1, 1]).to(images.device)
    }
    guard fill.count == row.reduce(1, *) else {
      throw Diagnostic(
        "the feature '\(name)' has images of the shape \(row) where \(fill.count) values fill gaps")
    }
    return try Tensor(fill, shape: [1] + row).to(images.device)
  }
}

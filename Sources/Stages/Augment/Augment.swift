package import Dataset
package import Diagnostics
internal import Network
internal import Options
package import Pipeline
internal import Tensor
package import YAML

/// The stage that makes training images vary: recorded here, done afresh in every epoch of training.
package enum Augment: Stage {
  package typealias Settings = [Augmentation]

  package static let kind = "augment"
  package static let revision = 1
  package static let summary =
    "Changes training images at random in every epoch; validation and test stay as they are."
  package static let inputs = [Role("data", .dataset)]
  package static let output = ArtifactKind.dataset

  package static let example = """
    from: scaled
    augment:
      - crop: {padding: 1}
      - rotate: {degrees: 10}
    """

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    guard settings.isEmpty else { return [] }
    return [
      Diagnostic(
        "there is no step to augment with", at: node.range,
        remedy: "list steps, for example '- flip: {horizontal: 50%}'")
    ]
  }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    inputs.problem(
      needingImageFor: "augmenting", at: node.range,
      remedy: "load images, or declare an image feature of number columns in 'features'")
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    ["steps.**", "features.*"]
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    try Engine.setThreads(job.resources.threads)
    let dataset = try Dataset(opening: try job.requiredInput("data").directory)
    let images = dataset.description.features.filter { $0.kind == .image }
    guard !images.isEmpty else {
      throw Diagnostic(
        "there is nothing to augment: the data has no image",
        remedy: "load images, or declare an image feature of number columns in 'features'")
    }
    var fills: [String: [Float]] = [:]
    for image in images {
      for step in settings { try step.geometric.check(image) }
      fills[image.name] = try dataset.emptyImage(image)
    }
    let step = AugmentImages(augmentations: settings, fills: fills)
    let metrics: Value = [
      "steps": .array(settings.map(\.value)),
      "features": .array(images.map { .string($0.name) }),
    ]
    try dataset.recording([step], named: kind, metrics: metrics, in: job.output)
    reporter.metrics(metrics)
  }
}

extension Dataset {
  /// What becomes of an image of zeros: a value for each channel, or for each element where those of
  /// a channel differ.
  fileprivate func emptyImage(_ feature: Feature) throws -> [Float] {
    var batch = Batch(
      inputs: [feature.name: try Tensor.zeros([1] + feature.shape, type: feature.type)], rows: [0])
    try DeferredSteps.apply(
      description.applied + description.steps, to: &batch,
      in: StepContext(seed: 0, isTraining: false))
    guard let values = try batch.inputs[feature.name]?.array(Float.self) else { return [] }
    let width = feature.width / feature.shape[0]
    let channels = stride(from: 0, to: values.count, by: width).map { values[$0] }
    let isEven = values.indices.allSatisfy { values[$0] == channels[$0 / width] }
    return isEven ? channels : values
  }
}

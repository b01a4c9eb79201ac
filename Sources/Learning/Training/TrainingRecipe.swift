package import Dataset
package import Options

/// How a network is trained, whatever it learns from.
package struct TrainingRecipe: Options, Hashable {
  package static let title = "training"
  package static let summary = "How a network is trained."

  package var epochs = 20
  package var batch = 64
  package var accumulate = 1
  package var optimizer = OptimizerChoice(AdamW())
  package var schedule = LearningRateSchedule(OneCycle())
  package var gradientClip: GradientClip?
  package var average: Double?
  package var earlyStop: Int?
  package var keep = Keep.last
  package var checkpoint = TimeSpan.minutes(5)

  /// The key of the one setting on which no result depends.
  package static let checkpointKey = "checkpoint"

  /// Which epoch's parameters a training ends with.
  package enum Keep: String, CaseIterable, NamedOption {
    case last, best
  }

  package init() {}

  /// The optimizer steps of a training on a dataset.
  package func steps(on dataset: Dataset) -> Int {
    let batches = ((dataset[.train]?.rows ?? 0) + batch - 1) / batch
    return epochs * ((batches + accumulate - 1) / accumulate)
  }

  /// Whether the epoch with the lowest validation loss is kept.
  var keepsBest: Bool { keep == .best || earlyStop != nil }
}

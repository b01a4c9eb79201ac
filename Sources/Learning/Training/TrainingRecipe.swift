package import Dataset
package import Network
package import Options

/// How a network is trained, whatever it learns from.
package struct TrainingRecipe: Options, Hashable {
  package static let title = "training"
  package static let summary = "How a network is trained."

  package var epochs = Automatic<Int>.automatic
  package var batch = Automatic<Int>.automatic
  package var accumulate = 1
  package var activationCheckpointing = Automatic<Bool>.automatic
  package var optimizer = Automatic<OptimizerChoice>.automatic
  package var schedule = LearningRateSchedule(OneCycle())
  package var gradientClip: GradientClip?
  package var average = Automatic<Double>.automatic
  package var earlyStop: Int?
  package var keep = Automatic<Keep>.automatic
  package var checkpoint = TimeSpan.minutes(5)

  /// How many epochs lie between two measurements on the validation split; a setting of what is measured.
  package var interval = Automatic<Int>.automatic

  /// The keys of the settings on which no result depends.
  package static let incidentalKeys = [checkpointKey, activationCheckpointingKey]

  package static let batchKey = "batch"
  static let checkpointKey = "checkpoint"
  static let activationCheckpointingKey = "activation-checkpointing"

  /// Which epoch's parameters a training ends with.
  package enum Keep: String, CaseIterable, NamedOption {
    case last, best
  }

  package init() {}

  /// The recipe with everything chosen that it leaves open, for a network and the rows that it learns from.
  ///
  /// - Parameter goesOn: Whether the network is trained already.
  package func fitted(
    to network: Network, on dataset: Dataset, goesOn: Bool = false
  ) -> FittedRecipe {
    FittedRecipe(
      self,
      for: TrainingFacts(network, on: dataset.description, goesOn: goesOn))
  }
}

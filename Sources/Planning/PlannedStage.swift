package import Hardware
package import Options
package import Pipeline

/// What a stage instance is going to run with, and why.
package struct PlannedStage: Sendable, Equatable {
  package let address: String
  package let device: Decision<Device>
  package let precision: Decision<Precision>
  package let threads: Decision<Int>
  package let channelsLast: Decision<Bool>
  package let parallelism: Decision<Parallelism>

  /// The bytes that the stage is expected to need.
  package let memory: Decision<Int>

  /// The time that it is expected to take, or `nil` where nothing is known.
  package let expected: Decision<TimeSpan?>

  /// What keeps the stage from running beside others of its groups, one entry for each group.
  package let exclusions: [Decision<String>]

  /// What the worker is given.
  package internal(set) var resources: Resources

  /// What the stage takes from the pool while it runs: `cores`, `memory`, an accelerator such as
  /// `cuda:0`, a place among the instances of its stage where those are limited, and its groups, such
  /// as `mutex database`, and a place among the jobs where those are limited.
  package internal(set) var demand: [String: Int]
}

package import Hardware

/// What a stage may use while it runs, as the planner decided it.
package struct Resources: Codable, Hashable, Sendable {
  package var device: Device
  package var precision: Precision

  /// Threads for tensor arithmetic and data preparation together.
  package var threads: Int

  /// The limit in bytes, or `nil` where only the machine limits.
  package var memory: Int?

  /// Whether image tensors are laid out with channels innermost.
  package var channelsLast: Bool

  package var instructionSet: InstructionSet

  /// Whether the bits must be those of any other machine, where that costs speed; `nil` means no.
  package var isPortable: Bool?

  /// How many workers do the stage's work together; `nil` means one.
  package var ranks: Int?

  /// The most rows that a training computes at once, as its first attempt found; `Int.max` for whole batches,
  /// nil where that is not decided.
  package var rowsAtOnce: Int?

  /// Whether that attempt computed values between layers again; nil where that is not decided.
  package var checkpointsActivations: Bool?

  /// What the stage chooses itself within the rest; `nil` means nothing.
  package var open: OpenChoices?

  /// What the stage has chosen by measuring; `nil` where it measured nothing.
  package var choice: MeasuredChoice?

  package init(
    device: Device, precision: Precision, threads: Int, memory: Int? = nil, channelsLast: Bool,
    instructionSet: InstructionSet, isPortable: Bool? = nil, ranks: Int? = nil,
    open: OpenChoices? = nil
  ) {
    self.device = device
    self.precision = precision
    self.threads = threads
    self.memory = memory
    self.channelsLast = channelsLast
    self.instructionSet = instructionSet
    self.isPortable = isPortable
    self.ranks = ranks
    self.open = open
  }
}

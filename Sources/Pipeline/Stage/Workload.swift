package import Hardware

/// What the planner knows about a stage before it runs.
package struct Workload: Hashable, Sendable {
  package enum Intensity: String, Hashable, Sendable {
    /// Reads, writes and simple arithmetic: one device, one precision, few threads.
    case light
    /// Tensor arithmetic that keeps every core it is given busy.
    case compute
    /// Times itself, so nothing else may run beside it.
    case measurement
  }

  package var intensity: Intensity

  /// Whether gradients are computed.
  package var trains: Bool

  /// Whether convolutions dominate, which channels-last layouts speed up.
  package var convolves: Bool

  /// The precisions the stage can compute in. One that is not listed is refused where it is asked for.
  package var precisions: Set<Precision>

  /// Whether the stage can run on an accelerator.
  package var usesAccelerators: Bool

  /// The ranks that may share the stage's work, 1 where it runs in one process.
  package var maximumRanks: Int

  /// Bytes that the stage is expected to need where no history tells better.
  package var memory: Int

  /// What differs each time the stage runs, or `nil` where nothing does.
  package var variation: Variation?

  package init(
    _ intensity: Intensity, trains: Bool = false, convolves: Bool = false,
    precisions: Set<Precision> = [.fp32], usesAccelerators: Bool = false, maximumRanks: Int = 1,
    memory: Int? = nil, variation: Variation? = nil
  ) {
    self.intensity = intensity
    self.trains = trains
    self.convolves = convolves
    self.precisions = precisions
    self.usesAccelerators = usesAccelerators
    self.maximumRanks = maximumRanks
    self.variation = variation ?? (intensity == .measurement ? Variation() : nil)
    self.memory = memory ?? (intensity == .light ? 256 << 20 : 1 << 30)
  }

  /// A stage that reads, writes and does simple arithmetic.
  package static let light = Workload(.light)

  /// A stage that runs a network forward only.
  package static func inference(convolves: Bool) -> Workload {
    Workload(
      .compute, convolves: convolves, precisions: [.fp32, .tf32, .bf16, .fp16],
      usesAccelerators: true)
  }

  /// A stage whose result is a timing.
  package static let measurement = Workload(.measurement, usesAccelerators: true)
}

package import Hardware

/// What decides which candidates a runtime offers: the model and the machine.
package struct RunConditions: Sendable {
  package var device = Device.cpu
  package var threads: Int
  /// Whether the processor multiplies bfloat16 natively and the results may have its 8 digits.
  package var triesBF16: Bool
  /// Whether the model holds integers.
  package var isQuantized: Bool
  /// Whether convolutions do most of the work.
  package var convolves: Bool
  /// Whether rows a second count, so that batches may run side by side.
  package var countsRows: Bool

  package init(
    device: Device = .cpu, threads: Int, triesBF16: Bool, isQuantized: Bool, convolves: Bool,
    countsRows: Bool
  ) {
    self.device = device
    self.threads = threads
    self.triesBF16 = triesBF16
    self.isQuantized = isQuantized
    self.convolves = convolves
    self.countsRows = countsRows
  }
}

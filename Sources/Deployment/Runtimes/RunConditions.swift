package import Hardware

/// What decides which candidates a runtime offers: the model and the machine.
package struct RunConditions: Sendable {
  package var device = Device.cpu
  package var threads: Int
  package var hasNativeBF16: Bool
  /// Whether the model holds integers.
  package var isQuantized: Bool
  /// Whether convolutions do most of the work.
  package var convolves: Bool
  /// Whether rows a second count, so that batches may run side by side.
  package var countsRows: Bool

  package init(
    device: Device = .cpu, threads: Int, hasNativeBF16: Bool, isQuantized: Bool, convolves: Bool,
    countsRows: Bool
  ) {
    self.device = device
    self.threads = threads
    self.hasNativeBF16 = hasNativeBF16
    self.isQuantized = isQuantized
    self.convolves = convolves
    self.countsRows = countsRows
  }
}

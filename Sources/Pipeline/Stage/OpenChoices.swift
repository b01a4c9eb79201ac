package import Hardware

/// What a stage chooses itself among what its resources allow, by measuring its own first steps.
package struct OpenChoices: Codable, Hashable, Sendable {
  /// Precisions to try beside the one that is given.
  package var precisions: [Precision]

  /// Whether fewer threads may be taken.
  package var threads: Bool

  /// Whether images may lie in memory otherwise than is given.
  package var layouts: Bool

  /// What earlier trainings on this machine found; `nil` means nothing.
  package var known: [MeasuredChoice]?

  package init(
    precisions: [Precision] = [], threads: Bool = false, layouts: Bool = false,
    known: [MeasuredChoice]? = nil
  ) {
    self.precisions = precisions
    self.threads = threads
    self.layouts = layouts
    self.known = known
  }

  /// Whether there is anything to choose.
  package var isEmpty: Bool { precisions.isEmpty && !threads && !layouts }
}

extension Resources {
  /// The same with everything chosen as it was when the numerics were recorded, which gives the same
  /// bits again.
  package func settled(as numerics: Numerics) -> Resources {
    var settled = self
    settled.open = nil
    settled.precision = numerics.precision
    settled.threads = numerics.threads
    settled.channelsLast = numerics.channelsLast ?? channelsLast
    settled.rowsAtOnce = numerics.rowsAtOnce ?? .max
    return settled
  }
}

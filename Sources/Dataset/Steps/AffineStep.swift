/// A deferred step that, for every row alike, maps values by x · scale + shift.
///
/// Deployments put such a step into the network itself, so that it reads values as the source gives
/// them.
package protocol AffineStep: DeferredStep {
  /// The map of each feature that the step changes, or nil where it is no such map for these
  /// settings, for instance because values are clipped or each pixel has a scale of its own.
  func channelMaps(_ features: [Feature]) -> [String: ChannelMap]?
}

/// A scale and a shift for each index of a feature's first dimension: a channel of an image, or a
/// number of a row.
package struct ChannelMap: Hashable, Sendable {
  package var scales: [Double]
  package var shifts: [Double]

  package init(scales: [Double], shifts: [Double]) {
    precondition(scales.count == shifts.count)
    self.scales = scales
    self.shifts = shifts
  }
}

/// A deferred step that, for every row alike, maps values by (x - center) · scale + shift.
///
/// Deployments put such a step into the network itself, so that it reads values as the source gives
/// them.
package protocol AffineStep: DeferredStep {
  /// The map of each feature that the step changes, or nil where it is no such map for these
  /// settings, for instance because values are clipped or each pixel has a scale of its own.
  func channelMaps(_ features: [Feature]) -> [String: ChannelMap]?
}

/// A center, a scale and a shift for each index of a feature's first dimension: a channel of an image,
/// or a number of a row.
///
/// The center is subtracted first, so that values close together but far from zero keep their digits.
package struct ChannelMap: Hashable, Sendable {
  /// Each exact in 32 bits.
  package let centers: [Double]
  package let scales: [Double]
  package let shifts: [Double]

  /// - Parameter centers: Rounded to 32 bits here, which the shifts make up for; 0 where left out.
  package init(centers: [Double]? = nil, scales: [Double], shifts: [Double]) {
    precondition(scales.count == shifts.count && centers?.count ?? scales.count == scales.count)
    let exact = centers ?? scales.map { _ in 0 }
    let rounded = exact.map { Double(Float($0)) }
    self.centers = rounded
    self.scales = scales
    self.shifts = shifts.indices.map { shifts[$0] + (rounded[$0] - exact[$0]) * scales[$0] }
  }
}

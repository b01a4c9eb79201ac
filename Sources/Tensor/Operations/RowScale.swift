/// An affine map of rows, y = (x - center) · factor + base, with figures for each of the runs of one
/// length that a row divides into.
package struct RowScale: Hashable, Sendable {
  package var centers: [Float]
  package var factors: [Float]
  package var bases: [Float]

  /// Where results are held, if they are.
  package var low: [Float]?
  package var high: [Float]?

  package init(
    centers: [Float], factors: [Float], bases: [Float], low: [Float]? = nil, high: [Float]? = nil
  ) {
    precondition(centers.count == factors.count && centers.count == bases.count)
    precondition((low == nil) == (high == nil))
    precondition((low ?? centers).count == centers.count)
    precondition((high ?? centers).count == centers.count)
    self.centers = centers
    self.factors = factors
    self.bases = bases
    self.low = low
    self.high = high
  }
}

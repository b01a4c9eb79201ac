/// Bounds that keep sizes read from a file within what arithmetic on them can hold.
package enum LayerLimits {
  /// The most channels or units that a layer may have.
  package static let width = 1 << 20
  /// The most values along one dimension of a shape.
  package static let dimension = 1 << 31
  /// The largest kernel, stride, padding or dilation along one side.
  package static let extent = 1 << 12
}

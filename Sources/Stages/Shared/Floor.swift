package import Options

/// How far quality may fall below that of the trained model.
package struct Floor: Options, Hashable {
  package var accuracy: PointDifference = -0.005

  package init() {}

  package static let title = "floor"
  package static let summary =
    "How much quality may be lost on held-out data against the trained model; a single row never counts."

  package static var fields: [Field<Self>] {
    option(
      "accuracy", \.accuracy, in: PointDifference(-1)...PointDifference(0),
      "The change of accuracy that is still accepted: of R² for values, of the share of rows whose labels "
        + "are all right for labels.")
  }

  /// The share that may be lost, 0.01 for a point.
  var allowed: Double { -accuracy.double }
}

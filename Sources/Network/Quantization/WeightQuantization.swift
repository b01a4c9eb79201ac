package import Options

/// How a node's `weight` is stored as integers: w ≈ scale · (q - zero point).
///
/// The integers are the parameter `weight`; the scales are `weight_scale`, and where the grid is not
/// symmetric the zero points are `weight_zero_point`. With `group` absent there is one scale for
/// each index of dimension `axis`, or a single one where `axis` is absent too. With a group of g, a
/// weight `[O, I…]` flattened to `[O, I]` has scales `[O, ceil(I / g)]`.
package struct WeightQuantization: Hashable, Sendable {
  /// The bits that a stored integer uses, 1 to 8.
  package var bits = 8
  /// The dimension with a scale of its own for each index; absent for one scale in all.
  package var axis: Int? = 0
  /// How many inputs in a row share a scale; absent for all of them.
  package var group: Int?
  /// Whether zero is stored as zero.
  package var isSymmetric = true

  package init() {}

  package init(bits: Int, axis: Int? = 0, group: Int? = nil, isSymmetric: Bool = true) {
    self.bits = bits
    self.axis = axis
    self.group = group
    self.isSymmetric = isSymmetric
  }
}

extension WeightQuantization: Options {
  package static let summary = "How a weight is stored as integers."

  package static var fields: [Field<Self>] {
    option("bits", \.bits, in: 1...8, "The bits that a stored integer uses.")
    option("axis", \.axis, in: 0...5, "The dimension with a scale for each index.")
    option("group", \.group, in: 1...LayerLimits.width, "How many inputs in a row share a scale.")
    option("symmetric", \.isSymmetric, "Whether zero is stored as zero.")
  }
}

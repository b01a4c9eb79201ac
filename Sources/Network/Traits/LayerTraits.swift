/// What the rest of the program needs to know of a layer without knowing its type.
///
/// A value belongs to an instance, since settings matter: a pool of means computes new values where a
/// pool of maxima picks them, and a convolution in groups keeps channels apart. Folding, quantising,
/// pruning and the exchange with ONNX ask for these facts and for nothing else, so that a new layer
/// is one file and one line of the catalogue.
package struct LayerTraits: Sendable {
  /// How channels of the output depend on channels of the inputs.
  package var channels: ChannelFlow
  /// Where the channels lie in each parameter, by its local name; none of a parameter not named.
  package var parameters: [String: ChannelAxes] = [:]
  /// What the layer does with values on a grid of integers.
  package var grids: GridUse = []
  /// The learned product that the layer computes, if it does.
  package var product: LearnedProduct?
  /// What the layer does to each channel, where that follows from running statistics.
  package var norm: RunningNorm?
  /// How many values each column of category codes has that the layer reads; absent for numbers.
  package var cardinalities: [Int]?
  /// What kind of feature these codes are.
  package var codes: FeatureKind
  /// The layer as it is written to and read from ONNX; nil where it has no form there.
  package var onnx: (any ONNXLayer)?

  package init(
    _ channels: ChannelFlow, parameters: [String: ChannelAxes] = [:], grids: GridUse = [],
    product: LearnedProduct? = nil, norm: RunningNorm? = nil, cardinalities: [Int]? = nil,
    codes: FeatureKind = .category, onnx: (any ONNXLayer)?
  ) {
    self.channels = channels
    self.parameters = parameters
    self.grids = grids
    self.product = product
    self.norm = norm
    self.cardinalities = cardinalities
    self.codes = codes
    self.onnx = onnx
  }
}

/// What a layer does with values on a grid of integers.
package struct GridUse: OptionSet, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// The layer has kernels for integers and reads each input rounded to a grid.
  package static let reads = GridUse(rawValue: 1)
  /// The output has no values but the input's, so that what is on a grid stays on it.
  package static let passes = GridUse(rawValue: 2)
  /// The parameter `weight` can be stored as integers, and `bias` with it.
  package static let storesWeight = GridUse(rawValue: 4)
}

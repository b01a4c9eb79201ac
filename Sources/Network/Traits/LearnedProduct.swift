package import Tensor

/// A product with a learned `weight` and perhaps a `bias`, as far as it can be changed in place.
package struct LearnedProduct: Sendable {
  /// Whether the weight slides over an image, which decides about memory layouts and engines.
  package var convolves: Bool
  /// The same layer with a bias.
  package var withBias: any Layer
  /// The same layer with other numbers of channels in its output and of groups.
  package var resized: @Sendable (_ outputs: Int, _ groups: Int) -> any Layer

  package init(
    convolves: Bool = false, withBias: any Layer,
    resized: @escaping @Sendable (_ outputs: Int, _ groups: Int) -> any Layer
  ) {
    self.convolves = convolves
    self.withBias = withBias
    self.resized = resized
  }
}

/// A norm by statistics that training tracks: outside it y = gain (x - centre) + shift in each channel.
package struct RunningNorm: Sendable {
  package struct Values {
    package var gain: Tensor
    package var centre: Tensor
    package var shift: Tensor
  }

  /// The values `[C]` from the layer's parameters by their local names.
  package var values: @Sendable ([String: Tensor]) throws -> Values

  package init(values: @escaping @Sendable ([String: Tensor]) throws -> Values) {
    self.values = values
  }
}

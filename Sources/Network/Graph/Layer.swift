package import Options
package import Tensor

/// One typed operation of a network: its settings, the shapes it maps, the parameters it owns and
/// its forward pass.
///
/// Shapes leave out the batch: an image is `[C, H, W]`, a vector `[F]`. Tensors carry the batch as
/// their first dimension. A layer is a value; its parameters live beside the network, by name.
package protocol Layer: Options, ChoiceMember {
  /// The name by which network files and `layers:` lists call this layer.
  static var type: String { get }

  /// How many inputs the layer takes.
  static var arity: ClosedRange<Int> { get }

  /// What others need to know of the layer, whatever its type.
  var traits: LayerTraits { get }

  /// Returns the shape that the layer makes of inputs with the given shapes.
  ///
  /// The number of inputs is within `arity` and every dimension is at least 1.
  func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int]

  /// Returns what the layer learns or tracks, for inputs that `outputShape` accepts.
  func parameters(_ inputs: [[Int]]) -> [ParameterSpec]

  /// Returns the multiplications with accumulation that one sample costs; `Int.max` on overflow.
  func multiplyAccumulates(_ inputs: [[Int]]) -> Int

  /// Computes the layer's output for a batch.
  ///
  /// - Parameters:
  ///   - inputs: One tensor `[N, shape…]` for each input.
  ///   - parameters: The layer's parameters by their local names (`weight`, `bias`, …).
  ///   - mode: Whether this is training, and the randomness to use if so.
  func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor
}

extension Layer {
  package static var title: String { type }
  package static var arity: ClosedRange<Int> { 1...1 }
  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] { [] }
  package func multiplyAccumulates(_ inputs: [[Int]]) -> Int { 0 }
}

/// Why a layer cannot take its inputs, told without naming the layer.
package struct ShapeError: Error, Hashable, Sendable {
  /// The lower-case fact.
  package var fact: String
  /// What would mend it.
  package var remedy: String

  package init(_ fact: String, remedy: String) {
    self.fact = fact
    self.remedy = remedy
  }
}

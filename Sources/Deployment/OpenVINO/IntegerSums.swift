package import Hardware
package import Learning
internal import Network
internal import Tensor

/// Sums of products of 8-bit integers.
///
/// Instructions for them (VNNI) add four products in 32 bits. Kernels without these add two in 16 bits, and cut
/// off what does not fit.
package enum IntegerSums {
  /// The largest weight with which two products with unsigned 8-bit inputs always fit: 2 · 255 · 64 < 2^15.
  private static let largestSafe = 64

  /// Whether sums may overflow.
  ///
  /// - Parameter largest: the largest magnitude of the weights.
  package static func mayOverflow(
    upTo largest: Int, on machine: Machine = .current()
  ) -> Bool {
    !machine.computes(.int8, on: .cpu) && largest > largestSafe
  }

  /// Whether sums of a model's integers may overflow.
  package static func mayOverflow(
    in model: Model, on machine: Machine = .current()
  ) throws -> Bool {
    let integers = try model.network.parameters.values.lazy.filter { $0.type == .int8 }
      .map { try $0.array(Int8.self).lazy.map { Int($0.magnitude) }.max() ?? 0 }
    return mayOverflow(upTo: integers.max() ?? 0, on: machine)
  }
}

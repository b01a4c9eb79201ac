internal import Diagnostics
internal import Tensor

extension WeightBounds {
  /// The limits of a weight `[O, …]`, as two tensors that broadcast against it.
  func limits(of weight: Tensor) throws -> (lower: Tensor, upper: Tensor) {
    switch self {
    case .bounds(let range):
      return try (
        .scalar(range.lower, device: weight.device), .scalar(range.upper, device: weight.device)
      )
    case .percentile(let percentage):
      let bound = try weight.abs().flatten(from: 0).quantile(percentage / 100, dimension: 0)
      return try (-bound, bound)
    case .sigma(let count):
      let mean = try weight.mean()
      let reach = try weight.variance().sqrt() * count
      return try (mean - reach, mean + reach)
    case .mse(let bits):
      let bound = try Self.bestBounds(weight, bits: bits)
      return try (-bound, bound)
    }
  }

  /// For each channel the c that makes ‖w - Q(clamp(w, -c, c))‖² least, where Q rounds to the
  /// symmetric grid of `bits` bits that ends at c. Tried are 100 shares of the channel's largest
  /// absolute weight.
  private static func bestBounds(_ weight: Tensor, bits: Int) throws -> Tensor {
    let channels = weight.shape[0]
    let rows = try weight.reshape([channels, -1])
    let largest = try rows.abs().max(1, kept: true)
    let levels = Double(1 << (bits - 1) - 1)
    var best = largest
    var least = try Tensor.full([channels, 1], .infinity, device: weight.device)
    for percent in (1...100).reversed() {
      let bound = try largest * (Double(percent) / 100)
      // A channel of zeros has any grid; 1 keeps the division finite.
      let step = try (bound / levels).filled(where: bound.equals(0), with: 1)
      let rounded = try (rows.clamp(-bound, bound) / step).round() * step
      let error = try (rows - rounded).square().sum(1, kept: true)
      let isBetter = try error < least
      least = try isBetter.choose(error, least)
      best = try isBetter.choose(bound, best)
    }
    return try best.reshape([channels] + weight.shape.dropFirst().map { _ in 1 })
  }
}

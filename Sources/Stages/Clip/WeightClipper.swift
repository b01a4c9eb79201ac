internal import Diagnostics
internal import Network
internal import Tensor
internal import YAML

/// Clips the weights of chosen layers to limits that are found once.
struct WeightClipper {
  private let layers: [String]
  private let limits: [String: (lower: Tensor, upper: Tensor)]

  /// - Parameters:
  ///   - layers: The nodes whose weights are clipped.
  ///   - parameters: The weights that the limits are found from.
  init(_ bounds: WeightBounds, layers: [String], _ parameters: Parameters) throws {
    self.layers = layers
    var limits: [String: (lower: Tensor, upper: Tensor)] = [:]
    for layer in layers {
      limits[layer] = try bounds.limits(of: parameters.tensor(layer + ".weight").detach())
    }
    self.limits = limits
    if case .mse = bounds { return }
    try refuseIdentity(parameters)
  }

  /// Clips in place.
  func apply(to parameters: Parameters) throws {
    try withoutGradients {
      try forEachWeight(parameters) { _, weight, lower, upper in
        try weight.copy(from: weight.clamp(lower, upper))
      }
    }
  }

  /// What clipping does to weights, by layer: the share that changes and ‖Δw‖ / ‖w‖.
  func report(on parameters: Parameters) throws -> Value {
    var layers: [String: Value] = [:]
    try forEachWeight(parameters) { layer, weight, lower, upper in
      let weight = try weight.detach()
      let change = try weight.clamp(lower, upper) - weight
      let norm = try weight.norm2().item()
      layers[layer] = try [
        "lower": .double(lower.min().item()), "upper": .double(upper.max().item()),
        "clipped": .double(change.differs(from: 0).to(.float64).mean().item()),
        "change": .double(norm > 0 ? change.norm2().item() / norm : 0),
      ]
    }
    return .object(layers)
  }

  private func forEachWeight(
    _ parameters: Parameters, _ body: (String, Tensor, Tensor, Tensor) throws -> Void
  ) throws {
    for layer in layers {
      guard let (lower, upper) = limits[layer] else { continue }
      try body(layer, parameters.tensor(layer + ".weight"), lower, upper)
    }
  }

  /// Limits that hold every weight already would leave the model as it is.
  private func refuseIdentity(_ parameters: Parameters) throws {
    var (least, largest, outside) = (Double.infinity, -Double.infinity, 0.0)
    try forEachWeight(parameters) { _, weight, lower, upper in
      let weight = try weight.detach()
      least = try min(least, weight.min().item())
      largest = try max(largest, weight.max().item())
      let isOutside = try (weight < lower).to(.float64) + (weight > upper).to(.float64)
      outside += try isOutside.sum().item()
    }
    guard outside == 0 else { return }
    throw Diagnostic(
      "the bounds clip nothing: all weights lie within [\(least), \(largest)] already",
      remedy: "choose bounds inside of that")
  }
}

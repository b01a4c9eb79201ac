package import Diagnostics
package import Tensor

/// Where a layer stands while it is written as ONNX: its node, the values it reads and its
/// parameters.
package struct ONNXSite {
  package let node: NetworkNode
  /// The names of the values that the layer reads, already rounded to their grids.
  package let inputs: [String]
  /// The shapes of those values without the batch.
  package let inputShapes: [[Int]]
  package let parameters: Parameters

  package var name: String { node.name }

  package func tensor(_ local: String) throws(Diagnostic) -> Tensor {
    try parameters.tensor(node.parameter(local))
  }
}

extension ONNXBuilder {
  /// Adds one of the site's parameters as it is.
  package mutating func parameter(_ local: String, of site: ONNXSite) throws -> String {
    try constant(site.node.parameter(local), site.tensor(local))
  }

  /// Adds the layer's weight and, if it has one, its bias.
  ///
  /// - Parameter isTransposed: Whether the matrix is written with its dimensions swapped.
  package mutating func weightAndBias(
    of site: ONNXSite, isTransposed: Bool = false
  ) throws -> [String] {
    let weight = try weight(of: site, isTransposed: isTransposed)
    return try [weight] + (bias(of: site).map { [$0] } ?? [])
  }

  /// The category codes that the layer reads, as 64-bit integers.
  mutating func codes(of site: ONNXSite) -> String {
    cast(site.inputs[0], to: .int64, name: site.name + ".codes")
  }

  /// Adds the layer's weight; an integer one with the `DequantizeLinear` that makes it real.
  private mutating func weight(of site: ONNXSite, isTransposed: Bool) throws -> String {
    let stored = try site.tensor("weight")
    let weight = isTransposed ? try stored.transpose(0, 1).contiguous() : stored
    let name = site.node.parameter("weight")
    guard let storage = site.node.weightQuantization else { return try constant(name, weight) }
    guard storage.group == nil else {
      throw Diagnostic(
        "layer '\(site.name)' has weights with a scale for each group, "
          + "which have no form in ONNX opset 17",
        remedy: "quantise with one scale for each channel")
    }
    let shape = storage.axis == nil ? [] : [try site.tensor("weight_scale").count]
    var inputs = [
      try constant(name, weight.to(.int8)),
      try constant(name + "_scale", site.tensor("weight_scale").to(.float32).reshape(shape)),
    ]
    if let zero = site.parameters[site.node.parameter("weight_zero_point")] {
      inputs.append(try constant(name + "_zero_point", zero.to(.int8).reshape(shape)))
    }
    let axis = storage.axis.map { isTransposed ? 1 - $0 : $0 }
    return add(
      "DequantizeLinear", inputs, name: name + ".dequantized",
      axis.map { [ONNXAttribute("axis", $0)] } ?? [])
  }

  /// Adds the layer's bias if it has one; 32-bit integers have the scale of input times weight.
  private mutating func bias(of site: ONNXSite) throws -> String? {
    let name = site.node.parameter("bias")
    guard let bias = site.parameters[name] else { return nil }
    guard bias.type == .int32 else { return try constant(name, bias) }
    guard let scale = try site.node.biasScale(site.parameters) else {
      throw Diagnostic("layer '\(site.name)' has an integer bias but no scales for it")
    }
    let inputs = [try constant(name, bias), try constant(name + "_scale", scale)]
    return add(
      "DequantizeLinear", inputs, name: name + ".dequantized",
      scale.rank == 0 ? [] : [ONNXAttribute("axis", 0)])
  }
}

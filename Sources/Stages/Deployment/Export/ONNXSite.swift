internal import Diagnostics
internal import Network
internal import Tensor

/// Where a layer stands while it is written as ONNX: its node, the values it reads and its
/// parameters.
struct ONNXSite {
  let node: NetworkNode
  /// The names of the values that the layer reads, already rounded to their grids.
  let inputs: [String]
  /// The shapes of those values without the batch.
  let inputShapes: [[Int]]
  let parameters: Parameters

  var name: String { node.name }

  func tensor(_ local: String) throws(Diagnostic) -> Tensor {
    try parameters.tensor(node.parameter(local))
  }
}

extension ONNXBuilder {
  /// Adds one of the site's parameters as it is.
  mutating func parameter(_ local: String, of site: ONNXSite) throws -> String {
    try constant(site.node.parameter(local), site.tensor(local))
  }

  /// Adds the layer's weight; an integer one with the `DequantizeLinear` that makes it real.
  ///
  /// - Parameter isTransposed: Whether the matrix is written with its dimensions swapped.
  mutating func weight(of site: ONNXSite, isTransposed: Bool = false) throws -> String {
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
  mutating func bias(of site: ONNXSite) throws -> String? {
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

internal import Network
internal import Tensor

extension BatchNorm: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let parameters = try ["weight", "bias", "running_mean", "running_var"].map {
      try builder.parameter($0, of: site)
    }
    return builder.add(
      "BatchNormalization", [site.inputs[0]] + parameters, name: site.name,
      [ONNXAttribute("epsilon", epsilon)])
  }
}

extension LayerNorm: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let parameters = try ["weight", "bias"].map { try builder.parameter($0, of: site) }
    return builder.add(
      "LayerNormalization", [site.inputs[0]] + parameters, name: site.name,
      [ONNXAttribute("axis", -1), ONNXAttribute("epsilon", epsilon)])
  }
}

extension Rescale: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let shape = [1] + site.inputShapes[0].indices.map { $0 == 0 ? site.inputShapes[0][0] : 1 }
    let scale = try builder.constant(
      site.node.parameter("scale"), site.tensor("scale").reshape(shape))
    let shift = try builder.constant(
      site.node.parameter("shift"), site.tensor("shift").reshape(shape))
    let scaled = builder.add("Mul", [site.inputs[0], scale], name: site.name + ".scaled")
    return builder.add("Add", [scaled, shift], name: site.name)
  }
}

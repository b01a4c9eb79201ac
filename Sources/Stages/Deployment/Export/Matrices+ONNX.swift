internal import Network

extension Linear: ONNXLowering {
  /// `Gemm` for rows; `MatMul` and `Add` where there are more dimensions.
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    if site.inputShapes[0].count == 1 {
      let inputs = try [site.inputs[0], builder.weight(of: site)] + (builder.bias(of: site).asList)
      return builder.add("Gemm", inputs, name: site.name, [ONNXAttribute("transB", 1)])
    }
    let weight = try builder.weight(of: site, isTransposed: true)
    guard let bias = try builder.bias(of: site) else {
      return builder.add("MatMul", [site.inputs[0], weight], name: site.name)
    }
    let product = builder.add("MatMul", [site.inputs[0], weight], name: site.name + ".product")
    return builder.add("Add", [product, bias], name: site.name)
  }
}

extension Convolution: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let inputs = try [site.inputs[0], builder.weight(of: site)] + (builder.bias(of: site).asList)
    return builder.add(
      "Conv", inputs, name: site.name,
      [
        ONNXAttribute("kernel_shape", kernel.sides), ONNXAttribute("strides", stride.sides),
        ONNXAttribute("pads", padding.sides + padding.sides),
        ONNXAttribute("dilations", dilation.sides), ONNXAttribute("group", groups),
      ])
  }
}

extension Optional {
  /// The value as a list of one, or nothing.
  fileprivate var asList: [Wrapped] { map { [$0] } ?? [] }
}

internal import Network

extension Pool: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let window = window
    let attributes = [
      ONNXAttribute("kernel_shape", window.kernel.sides),
      ONNXAttribute("strides", window.stride.sides),
      ONNXAttribute("pads", window.padding.sides + window.padding.sides),
    ]
    switch statistic {
    case .max: return builder.add("MaxPool", site.inputs, name: site.name, attributes)
    case .average:
      return builder.add(
        "AveragePool", site.inputs, name: site.name,
        attributes + [ONNXAttribute("count_include_pad", 1)])
    }
  }
}

extension GlobalPool: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let pooled = builder.add("GlobalAveragePool", site.inputs, name: site.name + ".pooled")
    return builder.add("Flatten", [pooled], name: site.name, [ONNXAttribute("axis", 1)])
  }
}

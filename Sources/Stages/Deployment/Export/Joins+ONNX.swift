internal import Network

extension Add: ONNXLowering {
  /// A chain of sums from the left, as the forward pass adds.
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    site.inputs.dropFirst().reduce(site.inputs[0]) { sum, input in
      builder.add("Add", [sum, input], name: site.name)
    }
  }
}

extension Concatenate: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    builder.add("Concat", site.inputs, name: site.name, [ONNXAttribute("axis", 1)])
  }
}

extension Flatten: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    builder.add("Flatten", site.inputs, name: site.name, [ONNXAttribute("axis", 1)])
  }
}

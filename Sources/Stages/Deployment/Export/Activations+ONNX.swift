internal import Network

extension Activation: ONNXLowering {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let input = site.inputs[0]
    switch function {
    case .relu: return builder.add("Relu", [input], name: site.name)
    case .sigmoid: return builder.add("Sigmoid", [input], name: site.name)
    case .tanh: return builder.add("Tanh", [input], name: site.name)
    case .hardSwish: return builder.add("HardSwish", [input], name: site.name)
    case .relu6:
      let bounds = [
        builder.scalar(site.name + ".low", 0), builder.scalar(site.name + ".high", 6),
      ]
      return builder.add("Clip", [input] + bounds, name: site.name)
    case .silu:
      let gate = builder.add("Sigmoid", [input], name: site.name + ".gate")
      return builder.add("Mul", [input, gate], name: site.name)
    case .gelu: return gelu(input, site.name, &builder)
    }
  }

  /// x (1 + erf(x / sqrt 2)) / 2; opset 17 has no operator for it.
  private func gelu(_ input: String, _ name: String, _ builder: inout ONNXBuilder) -> String {
    let root = builder.scalar(name + ".root", Float(2).squareRoot())
    let one = builder.scalar(name + ".one", 1)
    let half = builder.scalar(name + ".half", 0.5)
    let quotient = builder.add("Div", [input, root], name: name + ".quotient")
    let error = builder.add("Erf", [quotient], name: name + ".erf")
    let gate = builder.add("Add", [error, one], name: name + ".gate")
    let product = builder.add("Mul", [input, gate], name: name + ".product")
    return builder.add("Mul", [product, half], name: name)
  }
}

extension Dropout: ONNXLowering {
  /// Nothing is dropped outside training.
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String { site.inputs[0] }
}

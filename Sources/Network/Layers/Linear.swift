package import Options
package import Tensor

/// A matrix product over the last dimension: y = x Wᵀ + b.
package struct Linear: Layer {
  package static let type = "linear"
  package static let summary = "Multiplies the last dimension by a learned matrix."
  package static let shorthand: String? = "outputs"

  package var outputs = 1
  package var hasBias = true
  package var firstValues = FirstValues.he

  package init() {}

  package init(outputs: Int, hasBias: Bool = true, _ firstValues: FirstValues = .he) {
    self.outputs = outputs
    self.hasBias = hasBias
    self.firstValues = firstValues
  }

  package static var fields: [Field<Self>] {
    option("outputs", \.outputs, in: 1...LayerLimits.width, "The size of the output.")
    option("bias", \.hasBias, "Whether a learned summand is added.")
    option("first-values", \.firstValues, "What the weight's first values are drawn from.")
      .omittedByDefault()
  }

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.mixed, along: .last),
      parameters: ["weight": ChannelAxes(output: 0, input: 1), "bias": ChannelAxes(output: 0)],
      grids: [.reads, .storesWeight],
      product: LearnedProduct(withBias: Linear(outputs: outputs, firstValues)) { outputs, _ in
        Linear(outputs: outputs, hasBias: hasBias, firstValues)
      },
      onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    inputs[0].dropLast() + [outputs]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let width = inputs[0].last ?? 1
    let weight = ParameterSpec(
      "weight", [outputs, width], .weight,
      firstValues.initialization(fanIn: width, fanOut: outputs), decays: true)
    return hasBias
      ? [weight, ParameterSpec("bias", [outputs], .bias, .constant(0))] : [weight]
  }

  package func multiplyAccumulates(_ inputs: [[Int]]) -> Int {
    saturatingProduct(inputs[0] + [outputs])
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].linear(weight: parameters.tensor("weight"), bias: parameters["bias"])
  }
}

extension Linear: ONNXLayer {
  /// `Gemm` for rows; `MatMul` and `Add` where there are more dimensions.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    if site.inputShapes[0].count == 1 {
      let inputs = try [site.inputs[0]] + builder.weightAndBias(of: site)
      return builder.add("Gemm", inputs, name: site.name, [ONNXAttribute("transB", 1)])
    }
    let operands = try builder.weightAndBias(of: site, isTransposed: true)
    let hasBias = operands.count > 1
    let product = builder.add(
      "MatMul", [site.inputs[0], operands[0]], name: site.name + (hasBias ? ".product" : ""))
    return hasBias ? builder.add("Add", [product, operands[1]], name: site.name) : product
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    switch last.operation {
    case "Gemm":
      guard last.isPlainProduct, last.inputs.count >= 2 else { return nil }
      return match(
        last, isTransposed: last["transB"]?.integer != 1,
        bias: last.inputs.count > 2 ? last.inputs[2] : nil, in: index)
    case "MatMul":
      return last.inputs.count == 2 ? match(last, isTransposed: true, bias: nil, in: index) : nil
    case "Add":
      for (product, bias) in last.operandPairs {
        if let product = index.maker(of: product, is: "MatMul", reading: 2),
          let match = match(product, isTransposed: true, bias: bias, in: index, operators: 2)
        {
          return match
        }
      }
      return nil
    default: return nil
    }
  }

  private static func match(
    _ product: ONNXNode, isTransposed: Bool, bias: String?, in index: ONNXIndex, operators: Int = 1
  ) -> ONNXMatch? {
    guard var weight = index.parameter(product.inputs[1]), weight.values.dimensions.count == 2
    else { return nil }
    weight.isTransposed = isTransposed
    let summand = bias.flatMap(index.parameter)
    guard (summand == nil) == (bias == nil) else { return nil }
    let layer = Linear(
      outputs: Int(weight.values.dimensions[isTransposed ? 1 : 0]), hasBias: bias != nil)
    return ONNXMatch(
      layer, reading: [product.inputs[0]], ["weight": weight, "bias": summand],
      operators: operators)
  }
}

extension ONNXNode {
  /// Whether a `Gemm` neither scales nor swaps what it reads.
  fileprivate var isPlainProduct: Bool {
    self["alpha"]?.float ?? 1 == 1 && self["beta"]?.float ?? 1 == 1
      && self["transA"]?.integer ?? 0 == 0
  }
}

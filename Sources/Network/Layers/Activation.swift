package import Options
package import Tensor

/// A non-linear function of each value.
package struct Activation: Layer {
  package static let type = "activation"
  package static let summary = "Applies a non-linear function to each value."
  package static let shorthand: String? = "function"

  package enum Function: String, CaseIterable, NamedOption {
    case relu, relu6, gelu, silu, sigmoid, tanh, hardSwish
  }

  package var function = Function.relu

  package init() {}

  package init(_ function: Function) {
    self.function = function
  }

  package static var fields: [Field<Self>] {
    option("function", \.function, "The function.")
  }

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.alone, along: .any), onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let input = inputs[0]
    return switch function {
    case .relu: try input.relu()
    case .relu6: try input.relu6()
    case .gelu: try input.gelu()
    case .silu: try input.silu()
    case .sigmoid: try input.sigmoid()
    case .tanh: try input.tanh()
    case .hardSwish: try input.hardswish()
    }
  }
}

extension Activation: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let input = site.inputs[0]
    switch function {
    case .relu, .sigmoid, .tanh, .hardSwish:
      let operation = Self.operators.first { $0.value == function }?.key ?? ""
      return builder.add(operation, [input], name: site.name)
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

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard let input = last.inputs.first else { return nil }
    if let function = operators[last.operation] {
      return ONNXMatch(Activation(function), reading: [input])
    }
    switch last.operation {
    case "Clip":
      let bounds = last.inputs.dropFirst().map(index.scalar)
      return bounds == [0, 6] ? ONNXMatch(Activation(.relu6), reading: [input]) : nil
    case "Mul":
      for (input, gate) in last.operandPairs where isSigmoid(gate, of: input, in: index) {
        return ONNXMatch(Activation(.silu), reading: [input], operators: 2)
      }
      return geluInput(last, in: index).map {
        ONNXMatch(Activation(.gelu), reading: [$0], operators: 5)
      }
    default: return nil
    }
  }

  /// The functions that are one operator without settings.
  private static let operators: [String: Function] = [
    "Relu": .relu, "Sigmoid": .sigmoid, "Tanh": .tanh, "HardSwish": .hardSwish,
  ]

  private static func isSigmoid(_ gate: String, of input: String, in index: ONNXIndex) -> Bool {
    index.maker(of: gate, is: "Sigmoid")?.inputs == [input]
  }

  /// What a chain of operators is the Gaussian error linear unit of.
  private static func geluInput(_ last: ONNXNode, in index: ONNXIndex) -> String? {
    guard
      let half = index.operand(of: last, beside: 0.5),
      let product = index.maker(of: half, is: "Mul", reading: 2)
    else { return nil }
    for (input, gate) in product.operandPairs {
      guard
        let sum = index.maker(of: gate, is: "Add", reading: 2),
        let one = index.operand(of: sum, beside: 1),
        let error = index.maker(of: one, is: "Erf"),
        let quotient = index.maker(of: error.inputs[0], is: "Div", reading: 2),
        quotient.inputs[0] == input,
        index.operand(of: quotient, beside: Float(2).squareRoot()) == input
      else { continue }
      return input
    }
    return nil
  }
}

package import Options
package import Tensor

/// A non-linear function of each value.
package struct Activation: Layer {
  package static let type = "activation"
  package static let summary = "Applies a non-linear function to each value."

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

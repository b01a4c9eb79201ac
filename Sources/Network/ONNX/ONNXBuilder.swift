import Diagnostics
package import Tensor

/// Collects the nodes and constants of an ONNX graph under unique names.
package struct ONNXBuilder {
  private(set) var graph = ONNXGraph()
  private var names: Set<String> = []
  private var roundings: [Rounding: String] = [:]

  /// A value on a grid; asked for twice it is computed once.
  private struct Rounding: Hashable {
    let value: String
    let grid: ActivationQuantization
  }

  init(name: String) {
    graph.name = name
  }

  /// Declares a graph input `[batch, shape…]` and returns its name.
  mutating func input(_ name: String, _ type: ElementType, _ shape: [Int]) -> String {
    names.insert(name)
    graph.inputs.append(Self.value(name, type, shape))
    return name
  }

  /// Declares a value as a graph output `[batch, shape…]` of 32-bit floats under the given name.
  mutating func output(_ value: String, as name: String, _ shape: [Int]) {
    let name = add("Identity", [value], name: name)
    graph.outputs.append(Self.value(name, .float32, shape))
  }

  /// Adds a node with one output and returns the output's name, which is made from `name`.
  package mutating func add(
    _ operation: String, _ inputs: [String], name: String, _ attributes: [ONNXAttribute] = []
  ) -> String {
    let name = unique(name)
    graph.nodes.append(
      ONNXNode(
        operation: operation, name: name, inputs: inputs, outputs: [name], attributes: attributes))
    return name
  }

  /// Adds a constant and returns its name.
  package mutating func constant(_ name: String, _ tensor: Tensor) throws -> String {
    let tensor = try tensor.detach()
    return constant(
      name, tensor.type, tensor.shape, try tensor.bytes())
  }

  package mutating func constant(_ name: String, _ values: [Int64]) -> String {
    constant(name, .int64, [values.count], values.littleEndianBytes)
  }

  /// Adds a scalar constant.
  package mutating func scalar(_ name: String, _ value: Float) -> String {
    constant(name, .float32, [], [value].littleEndianBytes)
  }

  /// Adds a scalar constant of a whole number.
  package mutating func integer(_ name: String, _ value: Int) -> String {
    constant(name, .int64, [], [Int64(value)].littleEndianBytes)
  }

  private mutating func constant(
    _ name: String, _ type: ElementType, _ shape: [Int], _ bytes: [UInt8]
  ) -> String {
    let name = unique(name)
    graph.initializers.append(
      ONNXTensor(name: name, type: type, dimensions: shape.map { Int64($0) }, bytes: bytes))
    return name
  }

  /// Rounds a value to a grid by `QuantizeLinear` and `DequantizeLinear`, which runtimes fuse into
  /// integer kernels.
  mutating func rounding(
    _ value: String, to grid: ActivationQuantization
  ) throws(Diagnostic) -> String {
    let key = Rounding(value: value, grid: grid)
    if let known = roundings[key] { return known }
    guard grid.bits == 8 else {
      throw Diagnostic(
        "activations of \(grid.bits) bits have no form in ONNX opset 17",
        remedy: "quantise activations to 8 bits")
    }
    let scale = scalar(value + ".scale", Float(grid.scale))
    let zero = constant(
      value + ".zero_point", grid.isSigned ? .int8 : .uint8, [],
      [UInt8(truncatingIfNeeded: grid.zeroPoint)])
    let integers = add("QuantizeLinear", [value, scale, zero], name: value + ".quantized")
    let real = add("DequantizeLinear", [integers, scale, zero], name: value + ".dequantized")
    roundings[key] = real
    return real
  }

  /// Adds a conversion to another element type.
  package mutating func cast(_ value: String, to type: ElementType, name: String) -> String {
    add("Cast", [value], name: name, [ONNXAttribute("to", Int(type.onnxNumber))])
  }

  private mutating func unique(_ name: String) -> String {
    var candidate = name
    var number = 2
    while !names.insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }

  private static func value(
    _ name: String, _ type: ElementType, _ shape: [Int]
  ) -> ONNXValue {
    ONNXValue(
      name: name, type: type, dimensions: [.named("batch")] + shape.map { .fixed(Int64($0)) })
  }
}

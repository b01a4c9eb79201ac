import Tensor

/// An ONNX graph to look operators and constants up in by the values that they give.
package struct ONNXIndex {
  private let makers: [String: ONNXNode]
  private let constants: [String: ONNXTensor]
  private let inputs: [String: ONNXValue]
  private let readers: [String: Int]

  init(_ graph: ONNXGraph) {
    // No layer gives more than the first value of any operator.
    makers = Dictionary(
      graph.nodes.compactMap { node in node.outputs.first.map { ($0, node) } }
    ) { first, _ in first }
    constants = Dictionary(graph.initializers.map { ($0.name, $0) }) { first, _ in first }
    inputs = Dictionary(graph.inputs.map { ($0.name, $0) }) { first, _ in first }
    readers = (graph.nodes.flatMap(\.inputs) + graph.outputs.map(\.name)).reduce(into: [:]) {
      $0[$1, default: 0] += 1
    }
  }

  /// The operator that gives a value, if there is one.
  func maker(of value: String) -> ONNXNode? { makers[value] }

  /// The operator that gives a value where it is of the kind and reads at least so many values.
  package func maker(of value: String, is operation: String, reading count: Int = 1) -> ONNXNode? {
    guard let node = makers[value], node.operation == operation, node.inputs.count >= count else {
      return nil
    }
    return node
  }

  /// Whether a value is read once only.
  package func isReadOnce(_ value: String) -> Bool { readers[value] == 1 }

  /// The constant that a value is, if it is one.
  package func constant(_ value: String) -> ONNXTensor? { constants[value] }

  /// The number that a value is, if it is a constant of one float.
  package func scalar(_ value: String) -> Float? {
    guard let tensor = constants[value], tensor.type == .float32 else { return nil }
    let numbers = [Float](littleEndianBytes: tensor.bytes) ?? []
    return numbers.count == 1 ? numbers[0] : nil
  }

  /// The whole numbers that a value is, if it is a constant of them.
  package func integers(_ value: String) -> [Int]? {
    guard let tensor = constants[value], tensor.type == .int64 else { return nil }
    return [Int64](littleEndianBytes: tensor.bytes)?.map { Int($0) }
  }

  /// The two values that an operator reads, one of which is a constant, in either order.
  package func withConstant(_ node: ONNXNode) -> (value: String, constant: String)? {
    guard node.inputs.count == 2 else { return nil }
    let (left, right) = (node.inputs[0], node.inputs[1])
    if constants[right] != nil { return (left, right) }
    return constants[left] != nil ? (right, left) : nil
  }

  /// The operand beside one number, in either order.
  package func operand(of node: ONNXNode, beside number: Float) -> String? {
    guard let (value, constant) = withConstant(node), let other = scalar(constant),
      abs(other - number) <= 1e-6 * abs(number)
    else { return nil }
    return value
  }

  /// A parameter that a value is: a constant, or integers with the scales that make them real.
  package func parameter(_ value: String) -> ONNXParameter? {
    if let tensor = constants[value] { return ONNXParameter(values: tensor) }
    guard
      let node = maker(of: value, is: "DequantizeLinear", reading: 2),
      let integers = constants[node.inputs[0]], let scale = constants[node.inputs[1]]
    else { return nil }
    var zeroPoint: ONNXTensor?
    if node.inputs.count > 2 {
      guard let zero = constants[node.inputs[2]] else { return nil }
      zeroPoint = zero
    }
    let axis = scale.dimensions.isEmpty ? nil : node["axis"]?.integer ?? 1
    guard axis.map(integers.dimensions.indices.contains) ?? true else { return nil }
    return ONNXParameter(values: integers, scale: scale, zeroPoint: zeroPoint, axis: axis)
  }

  /// A value without what changes nothing: identities, dropout, and the cast that makes floats of a
  /// graph's input.
  func source(of value: String) -> String {
    var value = value
    for _ in 0...makers.count {
      guard let node = makers[value], let input = node.inputs.first else { return value }
      switch node.operation {
      case "Identity", "Dropout": value = input
      case "Cast" where inputs[input] != nil && node["to"]?.integer == 1: value = input
      default: return value
      }
    }
    return value
  }

  /// Category codes before they are made 64-bit integers.
  func codes(_ value: String) -> String {
    guard let cast = maker(of: value, is: "Cast"), cast["to"]?.integer == 7 else { return value }
    return cast.inputs[0]
  }

  /// The value that was rounded to a grid of integers to give this one, and the grid.
  func rounding(_ value: String) -> (source: String, grid: ActivationQuantization)? {
    guard
      let real = maker(of: value, is: "DequantizeLinear", reading: 3),
      let integers = maker(of: real.inputs[0], is: "QuantizeLinear", reading: 3),
      integers.inputs[1...] == real.inputs[1...], let scale = scalar(real.inputs[1]),
      let zero = constants[real.inputs[2]], zero.bytes.count == 1,
      zero.type == .int8 || zero.type == .uint8
    else { return nil }
    let isSigned = zero.type == .int8
    let zeroPoint = isSigned ? Int(Int8(bitPattern: zero.bytes[0])) : Int(zero.bytes[0])
    let grid = ActivationQuantization(
      scale: Double(scale), zeroPoint: zeroPoint, isSigned: isSigned)
    return (integers.inputs[0], grid)
  }
}

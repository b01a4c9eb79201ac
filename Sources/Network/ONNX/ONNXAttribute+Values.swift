extension ONNXAttribute {
  package init(_ name: String, _ value: Int) {
    self.init(name: name, value: .integer(Int64(value)))
  }

  package init(_ name: String, _ value: Double) {
    self.init(name: name, value: .float(Float(value)))
  }

  package init(_ name: String, _ values: [Int]) {
    self.init(name: name, value: .integers(values.map { Int64($0) }))
  }
}

extension ONNXAttribute.Value {
  package var integer: Int? {
    if case .integer(let value) = self { Int(value) } else { nil }
  }

  package var integers: [Int]? {
    if case .integers(let values) = self { values.map { Int($0) } } else { nil }
  }

  /// The number whose shortest decimal form the 32 bits have, so that 1e-5 is 1e-5 again.
  package var float: Double? {
    if case .float(let value) = self { Double("\(value)") } else { nil }
  }
}

extension ONNXNode {
  /// The value of an attribute; nil where it is not given.
  package subscript(attribute: String) -> ONNXAttribute.Value? {
    attributes.first { $0.name == attribute }?.value
  }

  /// The two values that the operator reads, in both orders; nothing where it reads more or fewer.
  package var operandPairs: [(String, String)] {
    inputs.count == 2 ? [(inputs[0], inputs[1]), (inputs[1], inputs[0])] : []
  }

  /// The window that the attributes of a convolution or pool describe; nil where no layer has one
  /// such, as with borders that differ.
  ///
  /// - Parameter kernel: The size where `kernel_shape` may be left out.
  package func window(kernel: [Int]?) -> Window? {
    let padding = self["pads"]?.integers ?? [0, 0, 0, 0]
    guard
      let kernel = Extent(sides: self["kernel_shape"]?.integers ?? kernel ?? []),
      let stride = Extent(sides: self["strides"]?.integers ?? [1, 1]),
      let dilation = Extent(sides: self["dilations"]?.integers ?? [1, 1]),
      padding.count == 4, padding[..<2] == padding[2...],
      let border = Extent(sides: Array(padding[..<2])),
      self["auto_pad"].map({ $0 == .string("NOTSET") }) ?? true
    else { return nil }
    return Window(kernel: kernel, stride: stride, padding: border, dilation: dilation)
  }
}

extension Extent {
  fileprivate init?(sides: [Int]) {
    guard sides.count == 2 else { return nil }
    self.init(sides[0], sides[1])
  }
}

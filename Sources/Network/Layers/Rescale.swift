package import Options
package import Tensor

/// An affine map with fixed values for each channel: y = x · scale + shift, or
/// y = (x - center) · scale + shift.
///
/// Holds a normalisation inside a network, so that a deployed model reads raw values. Values that lie
/// close together and far from zero keep their digits only where the center is subtracted first.
package struct Rescale: Layer {
  package static let type = "rescale"
  package static let summary = "Multiplies and shifts each channel by fixed values."

  package var isCentred = false

  package init() {}

  package init(isCentred: Bool) {
    self.isCentred = isCentred
  }

  package static var fields: [Field<Self>] {
    option("centred", \.isCentred, "Whether a value of each channel's own is subtracted first.")
  }

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.alone, along: .first),
      parameters: Dictionary(uniqueKeysWithValues: names.map { ($0, ChannelAxes(output: 0)) }),
      onnx: self)
  }

  private var names: [String] { (isCentred ? ["center"] : []) + ["scale", "shift"] }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    names.map { ParameterSpec($0, [inputs[0][0]], .buffer, .constant($0 == "scale" ? 1 : 0)) }
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    var input = try inputs[0].to(.float32)
    let shape = [1, input.shape[1]] + input.shape.dropFirst(2).map { _ in 1 }
    if isCentred { input = try input - parameters.tensor("center").reshape(shape) }
    return try input * parameters.tensor("scale").reshape(shape)
      + parameters.tensor("shift").reshape(shape)
  }
}

extension Rescale: ONNXLayer {
  /// `Mul` and `Add`; a centre is taken away before, by `Sub`.
  ///
  /// Runtimes that fold maps would make one product and one sum of all three and lose what the centre
  /// keeps. None of them folds through a `LeakyRelu`, which with a slope of 1 changes nothing.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let shape = [1] + site.inputShapes[0].indices.map { $0 == 0 ? site.inputShapes[0][0] : 1 }
    func constant(_ name: String) throws -> String {
      try builder.constant(site.node.parameter(name), site.tensor(name).reshape(shape))
    }
    var value = site.inputs[0]
    if isCentred {
      value = builder.add(
        "Sub", [value, try constant("center")], name: site.name + ".difference")
      value = builder.add(
        "LeakyRelu", [value], name: site.name + ".centred", [ONNXAttribute("alpha", 1.0)])
    }
    let scaled = builder.add("Mul", [value, try constant("scale")], name: site.name + ".scaled")
    return builder.add("Add", [scaled, try constant("shift")], name: site.name)
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Add", let (sum, shift) = index.withConstant(last),
      let product = index.maker(of: sum, is: "Mul", reading: 2),
      let (value, scale) = index.withConstant(product),
      let scales = channelValues(scale, in: index), let shifts = channelValues(shift, in: index)
    else { return nil }
    guard let (source, centers) = centred(value, in: index) else {
      return ONNXMatch(
        Rescale(), reading: [value], ["scale": scales, "shift": shifts], operators: 2)
    }
    return ONNXMatch(
      Rescale(isCentred: true), reading: [source],
      ["center": centers, "scale": scales, "shift": shifts], operators: 4)
  }

  /// What a value is the difference of, where it is one of a value and a centre for each channel.
  private static func centred(
    _ value: String, in index: ONNXIndex
  ) -> (source: String, centers: ONNXParameter)? {
    guard
      let slope = index.maker(of: value, is: "LeakyRelu"), slope["alpha"]?.float == 1,
      let difference = index.maker(of: slope.inputs[0], is: "Sub", reading: 2),
      let centers = channelValues(difference.inputs[1], in: index)
    else { return nil }
    return (difference.inputs[0], centers)
  }

  /// A constant `[1, C, 1, …]` as the parameter `[C]`.
  private static func channelValues(_ name: String, in index: ONNXIndex) -> ONNXParameter? {
    guard
      var parameter = index.parameter(name), parameter.values.dimensions.count > 1,
      parameter.values.dimensions[0] == 1,
      parameter.values.dimensions.dropFirst(2).allSatisfy({ $0 == 1 })
    else { return nil }
    parameter.values.dimensions = [parameter.values.dimensions[1]]
    return parameter
  }
}

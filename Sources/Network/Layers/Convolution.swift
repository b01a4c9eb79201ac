package import Options
package import Tensor

/// A two-dimensional convolution over `[C, H, W]`, grouped where `groups` is above 1.
package struct Convolution: Layer {
  package static let type = "convolution"
  package static let summary = "Slides learned kernels over an image."

  package var channels = 1
  package var kernel = Extent(3)
  package var stride = Extent(1)
  package var padding = Extent(0)
  package var dilation = Extent(1)
  package var groups = 1
  package var hasBias = true
  package var firstValues = FirstValues.he

  package init() {}

  /// A square convolution; `padding` left out keeps the size at stride 1.
  package init(
    channels: Int, kernel: Int, stride: Int = 1, padding: Int? = nil, groups: Int = 1,
    hasBias: Bool = true, _ firstValues: FirstValues = .he
  ) {
    self.channels = channels
    self.kernel = Extent(kernel)
    self.stride = Extent(stride)
    self.padding = Extent(padding ?? kernel / 2)
    self.groups = groups
    self.hasBias = hasBias
    self.firstValues = firstValues
  }

  package static var fields: [Field<Self>] {
    option("channels", \.channels, in: 1...LayerLimits.width, "The number of kernels.")
    option(
      "kernel", \.kernel, in: 1...LayerLimits.extent, "The kernel's height and width.")
    option(
      "stride", \.stride, in: 1...LayerLimits.extent, "The step between two places of the kernel.")
    option("padding", \.padding, in: 0...LayerLimits.extent, "The zeros added on each side.")
    option(
      "dilation", \.dilation, in: 1...LayerLimits.extent,
      "The distance between two taps of the kernel.")
    option(
      "groups", \.groups, in: 1...LayerLimits.width,
      "Into how many independent convolutions the channels are split.")
    option("bias", \.hasBias, "Whether a learned summand is added.")
    option("first-values", \.firstValues, "What the weight's first values are drawn from.")
      .omittedByDefault()
  }

  package var traits: LayerTraits {
    var biased = self
    biased.hasBias = true
    return LayerTraits(
      ChannelFlow(groups == 1 ? .mixed : .grouped(groups), along: .first),
      parameters: ["weight": ChannelAxes(output: 0, input: 1), "bias": ChannelAxes(output: 0)],
      grids: [.reads, .storesWeight],
      product: LearnedProduct(convolves: true, withBias: biased) { channels, groups in
        var resized = self
        resized.channels = channels
        resized.groups = groups
        return resized
      },
      onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    let (inputChannels, size) = try imageSize(of: inputs[0])
    guard inputChannels % groups == 0, channels % groups == 0 else {
      throw ShapeError(
        "cannot split \(inputChannels) input and \(channels) output channels into \(groups) groups",
        remedy: "choose groups that divide both")
    }
    let window = Window(kernel: kernel, stride: stride, padding: padding, dilation: dilation)
    return try [channels] + window.output(of: size).sides
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let shape = [channels, inputs[0][0] / groups, kernel.height, kernel.width]
    let fanOut = saturatingProduct([channels / groups, kernel.height, kernel.width])
    let weight = ParameterSpec(
      "weight", shape, .weight,
      firstValues.initialization(
        fanIn: saturatingProduct(shape.dropFirst()), fanOut: fanOut), decays: true)
    return hasBias
      ? [weight, ParameterSpec("bias", [channels], .bias, .constant(0))] : [weight]
  }

  package func multiplyAccumulates(_ inputs: [[Int]]) -> Int {
    guard let output = try? outputShape(inputs) else { return 0 }
    return saturatingProduct(output + [inputs[0][0] / groups, kernel.height, kernel.width])
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let isThinned = kernel == Extent(1) && stride != Extent(1) && padding == Extent(0)
    let input =
      isThinned && inputs[0].shape[1] < Self.leastStrided
      ? try inputs[0].averagePool(window: [1, 1], stride: stride.sides) : inputs[0]
    return try input.convolution(
      weight: parameters.tensor("weight"), bias: parameters["bias"],
      stride: input === inputs[0] ? stride.sides : [1, 1], padding: padding.sides,
      dilation: dilation.sides, groups: groups)
  }

  /// oneDNN, as libtorch 2.15 has it, writes past its memory in strided 1x1 convolutions over up to 4
  /// channels that are innermost. Below this many channels the image is thinned out first, which
  /// gives the same values.
  private static let leastStrided = 8
}

extension Convolution: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let inputs = try [site.inputs[0]] + builder.weightAndBias(of: site)
    return builder.add(
      "Conv", inputs, name: site.name,
      [
        ONNXAttribute("kernel_shape", kernel.sides), ONNXAttribute("strides", stride.sides),
        ONNXAttribute("pads", padding.sides + padding.sides),
        ONNXAttribute("dilations", dilation.sides), ONNXAttribute("group", groups),
      ])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Conv", last.inputs.count >= 2,
      let weight = index.parameter(last.inputs[1]), weight.values.dimensions.count == 4,
      let window = last.window(kernel: weight.values.dimensions[2...].map { Int($0) })
    else { return nil }
    var layer = Convolution()
    layer.channels = Int(weight.values.dimensions[0])
    layer.kernel = window.kernel
    layer.stride = window.stride
    layer.padding = window.padding
    layer.dilation = window.dilation
    layer.groups = last["group"]?.integer ?? 1
    layer.hasBias = last.inputs.count > 2
    let bias = layer.hasBias ? index.parameter(last.inputs[2]) : nil
    guard layer.hasBias == (bias != nil) else { return nil }
    return ONNXMatch(layer, reading: [last.inputs[0]], ["weight": weight, "bias": bias])
  }
}

package import Options
package import Tensor

/// The largest or the mean value in each window of an image.
package struct Pool: Layer {
  package static let type = "pool"
  package static let summary = "Takes the largest or the mean value in each window."

  package enum Statistic: String, CaseIterable, NamedOption {
    case max, average
  }

  package var statistic = Statistic.max
  package var kernel = Extent(2)
  package var stride: Extent?
  package var padding = Extent(0)

  package init() {}

  package init(_ statistic: Statistic, kernel: Int, stride: Int? = nil, padding: Int = 0) {
    self.statistic = statistic
    self.kernel = Extent(kernel)
    self.stride = stride.map { Extent($0) }
    self.padding = Extent(padding)
  }

  package static var fields: [Field<Self>] {
    option(
      "statistic", \.statistic,
      "What is taken of each window; a mean counts the zeros of the padding, a largest value does not."
    )
    option("kernel", \.kernel, in: 1...LayerLimits.extent, "The window's height and width.")
    option(
      "stride", \.stride, in: 1...LayerLimits.extent,
      "The step between two windows; the window's size by default.")
    option(
      "padding", \.padding, in: 0...LayerLimits.extent,
      "The border added on each side, at most half the window.")
  }

  /// The window, its stride filled in.
  package var window: Window {
    Window(kernel: kernel, stride: stride ?? kernel, padding: padding)
  }

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.alone, along: .first),
      grids: statistic == .max ? [.reads, .passes] : .reads, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    let (channels, size) = try imageSize(of: inputs[0])
    guard 2 * padding.height <= kernel.height, 2 * padding.width <= kernel.width else {
      throw ShapeError(
        "pads by \(padding) for a window of \(kernel)",
        remedy: "pad by at most half the window")
    }
    return try [channels] + window.output(of: size).sides
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let window = window
    return switch statistic {
    case .max:
      try inputs[0].maxPool(
        window: window.kernel.sides, stride: window.stride.sides, padding: window.padding.sides)
    case .average:
      try inputs[0].averagePool(
        window: window.kernel.sides, stride: window.stride.sides, padding: window.padding.sides)
    }
  }
}

extension Pool: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let window = window
    let attributes = [
      ONNXAttribute("kernel_shape", window.kernel.sides),
      ONNXAttribute("strides", window.stride.sides),
      ONNXAttribute("pads", window.padding.sides + window.padding.sides),
    ]
    switch statistic {
    case .max: return builder.add("MaxPool", site.inputs, name: site.name, attributes)
    case .average:
      return builder.add(
        "AveragePool", site.inputs, name: site.name,
        attributes + [ONNXAttribute("count_include_pad", 1)])
    }
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    let isMax = last.operation == "MaxPool"
    guard
      isMax || last.operation == "AveragePool", last.inputs.count == 1,
      let window = last.window(kernel: nil), window.dilation == Extent(1),
      last["ceil_mode"]?.integer ?? 0 == 0,
      isMax || window.padding == Extent(0) || last["count_include_pad"]?.integer == 1
    else { return nil }
    var layer = Pool()
    layer.statistic = isMax ? .max : .average
    layer.kernel = window.kernel
    layer.stride = window.stride == window.kernel ? nil : window.stride
    layer.padding = window.padding
    return ONNXMatch(layer, reading: last.inputs)
  }
}

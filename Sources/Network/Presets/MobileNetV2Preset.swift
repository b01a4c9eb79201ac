package import Diagnostics
package import Options

/// Inverted residual blocks around depthwise convolutions (Sandler et al. 2018, table 2).
///
/// Images of 64 pixels and more are halved five times, as in the paper; smaller ones three times, with the
/// first two of these strides left out, so that 32 pixels become 4.
package struct MobileNetV2Preset: Options, Preset {
  package static let title = "mobilenet-v2"
  package static let summary =
    "Small and quick: inverted residual blocks of depthwise convolutions."

  package var width = 1.0
  package var dropout = 0.2

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "width", \.width, in: 0.1...4,
      "What the channels of each stage are multiplied by, rounded to multiples of 8.")
    option("dropout", \.dropout, in: 0...0.99, "The share of values dropped before the outputs.")
  }

  package var convolves: Bool { true }

  package var reads: Set<FeatureKind>? { [.image, .audio] }

  package var normalizesBatches: Bool { true }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    let fusion = LateFusion(preset: Self.title, dropout: dropout)
    return try fusion.network(for: inputs, outputs: outputs, addTrunk: addTrunk)
  }

  private func addTrunk(
    _ builder: inout NetworkBuilder, _ image: NetworkInput, _ prefix: String
  ) throws(Diagnostic) -> String {
    let isLarge = image.shape.dropFirst().allSatisfy { $0 >= 64 }
    var last = try builder.addNormedConvolution(
      "\(prefix)stem",
      Convolution(channels: channels(32), kernel: 3, stride: isLarge ? 2 : 1, hasBias: false),
      to: image.name, .relu6)
    for (index, stage) in Self.stages.enumerated() {
      for block in 0..<stage.blocks {
        let isStrided = block == 0 && (isLarge || index > 1)
        last = try addBlock(
          &builder, last, "\(prefix)stage\(index + 1).block\(block + 1)", channels(stage.channels),
          expansion: stage.expansion, stride: isStrided ? stage.stride : 1)
      }
    }
    last = try builder.addNormedConvolution(
      "\(prefix)last",
      Convolution(channels: max(1280, channels(1280)), kernel: 1, hasBias: false), to: last, .relu6)
    return try builder.add("\(prefix)mean", GlobalPool(), to: last)
  }

  /// Widens, convolves each channel alone, and narrows without an activation; the input is added where the
  /// shape is the same.
  private func addBlock(
    _ builder: inout NetworkBuilder, _ source: String, _ name: String, _ channels: Int,
    expansion: Int, stride: Int
  ) throws(Diagnostic) -> String {
    let wide = builder.shape(of: source)[0] * expansion
    var last = source
    if expansion > 1 {
      last = try builder.addNormedConvolution(
        "\(name).expand", Convolution(channels: wide, kernel: 1, hasBias: false), to: last, .relu6)
    }
    last = try builder.addNormedConvolution(
      "\(name).depthwise",
      Convolution(channels: wide, kernel: 3, stride: stride, groups: wide, hasBias: false),
      to: last, .relu6)
    last = try builder.addNormedConvolution(
      "\(name).project",
      Convolution(channels: channels, kernel: 1, hasBias: false, .lecun), to: last, nil)
    guard builder.shape(of: last) == builder.shape(of: source) else { return last }
    return try builder.add("\(name).add", Add(), to: [source, last])
  }

  /// The multiplied channels as the nearest multiple of 8, which is not more than a tenth below.
  private func channels(_ count: Int) -> Int {
    let wanted = Double(count) * width
    let rounded = max(8, Int(wanted + 4) / 8 * 8)
    return Double(rounded) < 0.9 * wanted ? rounded + 8 : rounded
  }

  private struct Stage {
    var expansion: Int
    var channels: Int
    var blocks: Int
    var stride: Int
  }

  private static let stages = [
    Stage(expansion: 1, channels: 16, blocks: 1, stride: 1),
    Stage(expansion: 6, channels: 24, blocks: 2, stride: 2),
    Stage(expansion: 6, channels: 32, blocks: 3, stride: 2),
    Stage(expansion: 6, channels: 64, blocks: 4, stride: 2),
    Stage(expansion: 6, channels: 96, blocks: 3, stride: 1),
    Stage(expansion: 6, channels: 160, blocks: 3, stride: 2),
    Stage(expansion: 6, channels: 320, blocks: 1, stride: 1),
  ]
}

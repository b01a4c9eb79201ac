package import Diagnostics
package import Options
package import YAML

/// A residual network (He et al. 2016): the CIFAR family of depth 6n + 2 with three stages of basic
/// blocks, or the ImageNet family with four stages, basic up to depth 34 and bottlenecks from 50.
///
/// Shortcuts that change shape are 1x1 convolutions (option B of the paper).
package struct ResNetPreset: Options, Preset {
  package static let title = "resnet"
  package static let summary = "Residual blocks of convolutions."

  package var depth = 20
  package var width: Int?
  package var dropout = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "depth", \.depth, in: 8...110, only: .listed(Plan.plans.keys.sorted()),
      "The weighted layers: 8, 14, 20, 32, 44, 56 or 110 for small images, 18, 34 or 50 for large.")
    option(
      "width", \.width, in: 1...4096,
      "The channels of the first stage; 16 for small images and 64 for large by default.")
    option("dropout", \.dropout, in: 0...0.99, "The share of values dropped before the outputs.")
  }

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard Plan.plans[settings.depth] == nil else { return [] }
    let depths = Plan.plans.keys.sorted().map(String.init).joined(separator: ", ")
    return [
      Diagnostic(
        "there is no resnet of depth \(settings.depth)", at: (node["depth"] ?? node).range,
        remedy: "use one of \(depths)")
    ]
  }

  package var convolves: Bool { true }

  package var reads: Set<FeatureKind>? { [.image, .audio] }

  package var normalizesBatches: Bool { true }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    guard let plan = Plan.plans[depth] else {
      throw Diagnostic("there is no resnet of depth \(depth)", remedy: "use 20, 18 or 50")
    }
    let fusion = LateFusion(preset: Self.title, dropout: dropout)
    return try fusion.network(for: inputs, outputs: outputs) {
      (builder, image, prefix) throws(Diagnostic) in
      try addTrunk(&builder, image, prefix, plan)
    }
  }

  private func addTrunk(
    _ builder: inout NetworkBuilder, _ image: NetworkInput, _ prefix: String, _ plan: Plan
  ) throws(Diagnostic) -> String {
    let base = width ?? plan.width
    var last = try addStem(&builder, image, prefix, base, plan)
    for (stage, blocks) in plan.blocks.enumerated() {
      for block in 0..<blocks {
        last = try addBlock(
          &builder, last, "\(prefix)stage\(stage + 1).block\(block + 1)", base << stage,
          stride: stage > 0 && block == 0 ? 2 : 1, plan)
      }
    }
    return try builder.add("\(prefix)mean", GlobalPool(), to: last)
  }

  /// Images below 64 pixels keep their size in the stem, whatever the family.
  private func addStem(
    _ builder: inout NetworkBuilder, _ image: NetworkInput, _ prefix: String, _ base: Int,
    _ plan: Plan
  ) throws(Diagnostic) -> String {
    let isLarge = plan.isLarge && image.shape.dropFirst().allSatisfy { $0 >= 64 }
    let convolution =
      isLarge
      ? Convolution(channels: base, kernel: 7, stride: 2, hasBias: false)
      : Convolution(channels: base, kernel: 3, hasBias: false)
    let stem = try builder.addNormedConvolution("\(prefix)stem", convolution, to: image.name)
    guard isLarge else { return stem }
    return try builder.add(
      "\(prefix)stem.pool", Pool(.max, kernel: 3, stride: 2, padding: 1), to: stem)
  }

  private func addBlock(
    _ builder: inout NetworkBuilder, _ source: String, _ name: String, _ channels: Int,
    stride: Int, _ plan: Plan
  ) throws(Diagnostic) -> String {
    let output = plan.isBottleneck ? 4 * channels : channels
    var last = source
    let kernels =
      plan.isBottleneck
      ? [(1, channels), (3, channels), (1, output)]
      : [(3, channels), (3, output)]
    for (index, (kernel, width)) in kernels.enumerated() {
      // The stride sits on the first 3x3 convolution.
      let isStrided = index == (plan.isBottleneck ? 1 : 0)
      last = try builder.addNormedConvolution(
        "\(name).\(index + 1)",
        Convolution(
          channels: width, kernel: kernel, stride: isStrided ? stride : 1, hasBias: false),
        to: last, index < kernels.count - 1 ? .relu : nil)
    }
    var shortcut = source
    if stride != 1 || builder.shape(of: source)[0] != output {
      shortcut = try builder.addNormedConvolution(
        "\(name).shortcut",
        Convolution(channels: output, kernel: 1, stride: stride, padding: 0, hasBias: false),
        to: source, nil)
    }
    last = try builder.add("\(name).add", Add(), to: [last, shortcut])
    return try builder.add("\(name).relu", Activation(.relu), to: last)
  }

  /// What a depth stands for.
  private struct Plan {
    var blocks: [Int]
    var width: Int
    var isBottleneck = false
    var isLarge: Bool { blocks.count == 4 }

    static let plans: [Int: Plan] = {
      var plans = [
        18: Plan(blocks: [2, 2, 2, 2], width: 64),
        34: Plan(blocks: [3, 4, 6, 3], width: 64),
        50: Plan(blocks: [3, 4, 6, 3], width: 64, isBottleneck: true),
      ]
      for depth in [8, 14, 20, 32, 44, 56, 110] {
        plans[depth] = Plan(blocks: Array(repeating: (depth - 2) / 6, count: 3), width: 16)
      }
      return plans
    }()
  }
}

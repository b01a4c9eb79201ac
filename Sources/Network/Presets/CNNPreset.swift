package import Diagnostics
package import Options
package import YAML

/// A plain convolutional network: convolution and rectifier, halving the image between stages.
package struct CNNPreset: Options, Preset {
  package static let title = "cnn"
  package static let summary = "Convolutions with rectifiers and pooling in between."

  package var channels = [32, 64, 128]
  package var kernel = 3
  package var hasBatchNorm = true
  package var hidden: [Int] = []
  package var dropout = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "channels", \.channels, in: 1...LayerLimits.width,
      "The channels of each convolution; the image is halved between two of them.")
    option(
      "kernel", \.kernel, in: 1...31, only: .odd,
      "The height and width of every kernel, an odd number.")
    option("batch-norm", \.hasBatchNorm, "Whether each convolution is normalised over the batch.")
    option(
      "hidden", \.hidden, in: 1...LayerLimits.width,
      "The widths of fully connected layers before the outputs.")
    option("dropout", \.dropout, in: 0...0.99, "The share of values dropped before the outputs.")
  }

  package static let rules: [Rule] = [.different("channels", [])]

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if settings.kernel.isMultiple(of: 2) {
      problems.append(
        Diagnostic(
          "the kernel \(settings.kernel) has no centre", at: (node["kernel"] ?? node).range,
          remedy: "use an odd number, such as \(settings.kernel + 1)"))
    }
    if settings.channels.isEmpty {
      problems.append(
        Diagnostic(
          "a cnn needs at least one convolution", at: (node["channels"] ?? node).range,
          remedy: "name the channels of each, such as [32, 64]"))
    }
    return problems
  }

  package var convolves: Bool { true }

  package var reads: Set<FeatureKind>? { [.image, .audio] }

  package var normalizesBatches: Bool { hasBatchNorm }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    let fusion = LateFusion(preset: Self.title, dropout: dropout, hidden: hidden)
    return try fusion.network(for: inputs, outputs: outputs, addTrunk: addTrunk)
  }

  func addTrunk(
    _ builder: inout NetworkBuilder, _ image: NetworkInput, _ prefix: String
  ) throws(Diagnostic) -> String {
    var last = image.name
    for (index, width) in channels.enumerated() {
      if index > 0, builder.shape(of: last).dropFirst().allSatisfy({ $0 >= 2 }) {
        last = try builder.add("\(prefix)pool\(index)", Pool(.max, kernel: 2), to: last)
      }
      let name = "\(prefix)stage\(index + 1)"
      let convolution = Convolution(channels: width, kernel: kernel, hasBias: !hasBatchNorm)
      if hasBatchNorm {
        last = try builder.addNormedConvolution(name, convolution, to: last)
      } else {
        last = try builder.add("\(name).conv", convolution, to: last)
        last = try builder.add("\(name).relu", Activation(.relu), to: last)
      }
    }
    return try builder.add("\(prefix)mean", GlobalPool(), to: last)
  }
}

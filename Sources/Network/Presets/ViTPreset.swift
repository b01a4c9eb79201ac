package import Diagnostics
package import Options
package import YAML

/// A vision transformer (Dosovitskiy et al. 2021): the patches of an image as a sequence, learned places,
/// and an encoder over both.
package struct ViTPreset: Options, Preset {
  package static let title = "vit"
  package static let summary = "A transformer over the patches of an image."

  /// How the sequence becomes one row.
  package enum Summary: String, CaseIterable, NamedOption {
    case classToken, mean

    package var summary: String {
      switch self {
      case .classToken: "By a learned vector before the patches, as in the paper."
      case .mean: "By the mean over the patches."
      }
    }
  }

  package var patch: Extent?
  package var width = 192
  package var depth = 6
  package var heads = 3
  package var expansion = 4
  package var pool = Summary.classToken
  package var dropout = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "patch", \.patch, in: 1...512,
      "The height and width of a patch; by default the largest that tiles the image, each up to 4 for sides "
        + "below 64 and up to 16 above.")
    option("width", \.width, in: 1...1 << 14, "The length of a patch's vector.")
    option("depth", \.depth, in: 1...128, "The blocks of the encoder.")
    option("heads", \.heads, in: 1...1024, "The heads of each attention, which divide the width.")
    option(
      "expansion", \.expansion, in: 1...64,
      "How much wider than the vectors a block's hidden layer is.")
    option("pool", \.pool, "How the sequence becomes one row.")
    option("dropout", \.dropout, in: 0...0.99, "The share of values dropped in each block.")
  }

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    Diagnostic.heads(settings.heads, dividing: settings.width, in: node)
  }

  package var convolves: Bool { true }

  package var reads: Set<FeatureKind>? { [.image, .audio] }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    if let problem = Diagnostic.heads(heads, dividing: width) { throw problem }
    let fusion = LateFusion(preset: Self.title, dropout: 0)
    return try fusion.network(for: inputs, outputs: outputs, addTrunk: addTrunk)
  }

  private func addTrunk(
    _ builder: inout NetworkBuilder, _ image: NetworkInput, _ prefix: String
  ) throws(Diagnostic) -> String {
    let patch = try patch(of: image)
    var embedding = Convolution(channels: width, kernel: 1, padding: 0, .lecun)
    embedding.kernel = patch
    embedding.stride = patch
    var last = try builder.add("\(prefix)patches", embedding, to: image.name)
    last = try builder.add("\(prefix)sequence", ImageTokens(), to: last)
    if pool == .classToken { last = try builder.add("\(prefix)class", ClassToken(), to: last) }
    last = try builder.add("\(prefix)places", PositionEmbedding(), to: last)
    let blocks = EncoderBlocks(
      depth: depth, heads: heads, expansion: expansion, dropout: dropout, epsilon: 1e-6)
    last = try builder.addDropout("\(prefix)places.dropout", dropout, to: last)
    last = try blocks.add(&builder, to: last, prefix)
    return pool == .classToken
      ? try builder.add("\(prefix)first", Select(index: 0), to: last)
      : try builder.add("\(prefix)mean", SequenceMean(), to: last)
  }

  /// The size of a patch, none of which may reach over the image's border.
  private func patch(of image: NetworkInput) throws(Diagnostic) -> Extent {
    let size = Extent(image.shape[1], image.shape[2])
    let patch = patch ?? Extent(Self.usualPatch(of: size.height), Self.usualPatch(of: size.width))
    guard size.height.isMultiple(of: patch.height), size.width.isMultiple(of: patch.width) else {
      throw Diagnostic(
        "patches of \(patch) do not tile '\(image.name)' of \(size)",
        remedy:
          "set 'patch' to [\(Self.usualPatch(of: size.height)), \(Self.usualPatch(of: size.width))], or to "
          + "others that divide the sides")
    }
    let count = saturatingProduct([size.height / patch.height, size.width / patch.width])
    guard count <= Self.mostPatches else {
      throw Diagnostic(
        "'\(image.name)' of \(size) has \(count) patches of \(patch)",
        remedy:
          "use larger patches, or load it in a size that they tile: \(Self.mostPatches) at most")
    }
    return patch
  }

  /// The largest size that divides a side, up to 4 for small images and 16 for large ones.
  private static func usualPatch(of side: Int) -> Int {
    (1...(side < 64 ? 4 : 16)).last { side.isMultiple(of: $0) } ?? 1
  }

  /// The longest sequence, whose attention takes its square in memory.
  private static let mostPatches = 4096
}

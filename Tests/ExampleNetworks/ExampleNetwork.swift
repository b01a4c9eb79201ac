package import Network
package import Tensor

/// Small networks that between them have every layer, each with a batch to run.
package struct ExampleNetwork: CustomStringConvertible, Sendable {
  package let name: String
  package let inputs: [NetworkInput]
  package let nodes: [NetworkNode]
  package var types: [String: ElementType] = [:]

  package var description: String { name }

  package var graph: Network {
    get throws { try Network(inputs: inputs, nodes: nodes, outputs: [nodes[nodes.count - 1].name]) }
  }

  /// The graph with `parameters()`.
  package var network: WeightedNetwork {
    get throws { try WeightedNetwork(graph, parameters()) }
  }

  /// Seeded parameters; running statistics and scales are away from their first values.
  private func parameters() throws -> Parameters {
    let stream = RandomStream(seed: 7, path: ["example"])
    return try graph.parameterSpecs.reduce(into: [:]) { result, spec in
      var branch = stream.child(.word(spec.name))
      let isPositive = spec.name.hasSuffix("running_var") || spec.name.hasSuffix("scale")
      result[spec.name] =
        isPositive
        ? try branch.uniform(spec.shape, low: 0.5, high: 2)
        : try branch.normal(spec.shape, deviation: spec.role == .weight ? 0.3 : 0.1)
    }
  }

  /// A batch of seeded rows as the network reads them.
  package func batch(_ rows: Int, seed: UInt64 = 1) throws -> [String: Tensor] {
    try inputs.reduce(into: [:]) { result, input in
      var stream = RandomStream(seed: seed, path: ["batch", .word(input.name)])
      let shape = [rows] + input.shape
      switch (input.kind, types[input.name]) {
      case (.category, _):
        let codes = (0..<rows).flatMap { _ in
          input.cardinalities.map { Int32(stream.bounded($0 + 2)) - 1 }
        }
        result[input.name] = try Tensor(codes, shape: shape)
      case (.text, _):
        let ids = (0..<rows * input.shape[0]).map { _ in
          Int32(stream.bounded(input.cardinalities[0] + 2)) - 1
        }
        result[input.name] = try Tensor(ids, shape: shape)
      case (_, .uint8):
        result[input.name] = try stream.uniform(shape, low: 0, high: 255).to(.uint8)
      default: result[input.name] = try stream.normal(shape)
      }
    }
  }
}

extension ExampleNetwork {
  package static let all = [
    mlp, cnn, residual, pools, functions, categories, sequence, raw, texts, encoder, patches, rows,
  ]

  package static let mlp = ExampleNetwork(
    name: "mlp", inputs: [NetworkInput(name: "x", kind: .numbers, shape: [5])],
    nodes: [
      NetworkNode(name: "first", inputs: ["x"], layer: Linear(outputs: 16, hasBias: false)),
      NetworkNode(name: "norm", inputs: ["first"], layer: BatchNorm()),
      NetworkNode(name: "act", inputs: ["norm"], layer: Activation(.relu)),
      NetworkNode(name: "drop", inputs: ["act"], layer: Dropout(rate: 0.5)),
      NetworkNode(name: "head", inputs: ["drop"], layer: Linear(outputs: 3)),
    ])

  package static let cnn = ExampleNetwork(
    name: "cnn", inputs: [NetworkInput(name: "image", kind: .image, shape: [3, 12, 12])],
    nodes: [
      NetworkNode(
        name: "conv1", inputs: ["image"],
        layer: Convolution(channels: 8, kernel: 3, hasBias: false)),
      NetworkNode(name: "norm1", inputs: ["conv1"], layer: BatchNorm()),
      NetworkNode(name: "act1", inputs: ["norm1"], layer: Activation(.relu)),
      NetworkNode(name: "pool", inputs: ["act1"], layer: Pool(.max, kernel: 2)),
      NetworkNode(
        name: "depthwise", inputs: ["pool"],
        layer: Convolution(channels: 8, kernel: 3, stride: 2, groups: 8)),
      NetworkNode(name: "act2", inputs: ["depthwise"], layer: Activation(.relu6)),
      NetworkNode(name: "flat", inputs: ["act2"], layer: Flatten()),
      NetworkNode(name: "head", inputs: ["flat"], layer: Linear(outputs: 4)),
    ])

  package static let residual = ExampleNetwork(
    name: "residual", inputs: [NetworkInput(name: "image", kind: .image, shape: [2, 8, 8])],
    nodes: [
      NetworkNode(name: "stem", inputs: ["image"], layer: Convolution(channels: 6, kernel: 3)),
      NetworkNode(name: "act0", inputs: ["stem"], layer: Activation(.relu)),
      NetworkNode(
        name: "conv1", inputs: ["act0"],
        layer: Convolution(channels: 6, kernel: 3, hasBias: false)),
      NetworkNode(name: "norm1", inputs: ["conv1"], layer: BatchNorm()),
      NetworkNode(name: "act1", inputs: ["norm1"], layer: Activation(.relu)),
      NetworkNode(name: "conv2", inputs: ["act1"], layer: Convolution(channels: 6, kernel: 3)),
      NetworkNode(name: "sum", inputs: ["conv2", "act0"], layer: Add()),
      NetworkNode(name: "act2", inputs: ["sum"], layer: Activation(.relu)),
      NetworkNode(name: "mean", inputs: ["act2"], layer: GlobalPool()),
      NetworkNode(name: "head", inputs: ["mean"], layer: Linear(outputs: 5)),
    ])

  package static let pools = ExampleNetwork(
    name: "pools", inputs: [NetworkInput(name: "image", kind: .image, shape: [2, 9, 7])],
    nodes: [
      NetworkNode(
        name: "max", inputs: ["image"], layer: Pool(.max, kernel: 3, stride: 2, padding: 1)),
      NetworkNode(
        name: "mean", inputs: ["image"], layer: Pool(.average, kernel: 3, stride: 2, padding: 1)),
      NetworkNode(name: "both", inputs: ["max", "mean"], layer: Concatenate()),
      NetworkNode(name: "sum", inputs: ["both", "both", "both"], layer: Add()),
      NetworkNode(name: "flat", inputs: ["sum"], layer: Flatten()),
    ])

  package static let functions = ExampleNetwork(
    name: "functions", inputs: [NetworkInput(name: "x", kind: .numbers, shape: [6])],
    nodes: Activation.Function.allCases.enumerated().map { index, function in
      NetworkNode(
        name: "f\(index)", inputs: [index == 0 ? "x" : "f\(index - 1)"],
        layer: Activation(function))
    })

  package static let categories = ExampleNetwork(
    name: "categories",
    inputs: [
      NetworkInput(name: "colour", kind: .category, shape: [1], cardinalities: [4]),
      NetworkInput(name: "kinds", kind: .category, shape: [2], cardinalities: [3, 5]),
      NetworkInput(name: "x", kind: .numbers, shape: [2]),
    ],
    nodes: [
      NetworkNode(name: "hot", inputs: ["colour"], layer: OneHot(cardinalities: [4])),
      NetworkNode(
        name: "vectors", inputs: ["kinds"], layer: Embedding(cardinalities: [3, 5], width: 4)),
      NetworkNode(name: "both", inputs: ["hot", "vectors", "x"], layer: Concatenate()),
      NetworkNode(name: "head", inputs: ["both"], layer: Linear(outputs: 2)),
    ],
    types: ["colour": .int32, "kinds": .int32])

  package static let texts = ExampleNetwork(
    name: "texts",
    inputs: [
      NetworkInput(name: "note", kind: .text, shape: [6], cardinalities: [9]),
      NetworkInput(name: "x", kind: .numbers, shape: [2]),
    ],
    nodes: [
      NetworkNode(name: "words", inputs: ["note"], layer: TokenMean(vocabulary: 9, width: 4)),
      NetworkNode(name: "both", inputs: ["words", "x"], layer: Concatenate()),
      NetworkNode(name: "head", inputs: ["both"], layer: Linear(outputs: 2)),
    ],
    types: ["note": .int32])

  package static let sequence = ExampleNetwork(
    name: "sequence", inputs: [NetworkInput(name: "x", kind: .numbers, shape: [4, 6])],
    nodes: [
      NetworkNode(name: "norm", inputs: ["x"], layer: LayerNorm()),
      NetworkNode(name: "mix", inputs: ["norm"], layer: Linear(outputs: 3)),
      NetworkNode(name: "plain", inputs: ["mix"], layer: Linear(outputs: 2, hasBias: false)),
    ])

  /// Bytes of an image, normalised inside.
  package static let raw = ExampleNetwork(
    name: "raw", inputs: [NetworkInput(name: "image", kind: .image, shape: [3, 4, 4])],
    nodes: [
      NetworkNode(name: "rescale", inputs: ["image"], layer: Rescale()),
      NetworkNode(name: "centred", inputs: ["rescale"], layer: Rescale(isCentred: true)),
      NetworkNode(name: "flat", inputs: ["centred"], layer: Flatten()),
      NetworkNode(name: "head", inputs: ["flat"], layer: Linear(outputs: 2)),
    ],
    types: ["image": .uint8])

  /// A text's encoder: everything that reads which places count.
  package static let encoder = ExampleNetwork(
    name: "encoder",
    inputs: [NetworkInput(name: "note", kind: .text, shape: [5], cardinalities: [9])],
    nodes: [
      NetworkNode(
        name: "vectors", inputs: ["note"], layer: TokenEmbedding(vocabulary: 9, width: 6)),
      NetworkNode(name: "places", inputs: ["vectors"], layer: PositionEmbedding()),
      NetworkNode(name: "norm", inputs: ["places"], layer: LayerNorm()),
      NetworkNode(name: "qkv", inputs: ["norm"], layer: Linear(outputs: 18)),
      NetworkNode(name: "attention", inputs: ["qkv", "note"], layer: Attention(heads: 2)),
      NetworkNode(name: "out", inputs: ["attention"], layer: Linear(outputs: 6)),
      NetworkNode(name: "add", inputs: ["places", "out"], layer: Add()),
      NetworkNode(name: "mean", inputs: ["add", "note"], layer: SequenceMean()),
      NetworkNode(name: "head", inputs: ["mean"], layer: Linear(outputs: 3)),
    ],
    types: ["note": .int32])

  /// The patches of an image with a learned vector before them.
  package static let patches = ExampleNetwork(
    name: "patches", inputs: [NetworkInput(name: "image", kind: .numbers, shape: [4, 12])],
    nodes: [
      NetworkNode(name: "image4", inputs: ["image"], layer: Reshape([2, 4, -1])),
      NetworkNode(
        name: "patch", inputs: ["image4"],
        layer: Convolution(channels: 6, kernel: 2, stride: 2, padding: 0)),
      NetworkNode(name: "sequence", inputs: ["patch"], layer: ImageTokens()),
      NetworkNode(name: "class", inputs: ["sequence"], layer: ClassToken()),
      NetworkNode(name: "places", inputs: ["class"], layer: PositionEmbedding()),
      NetworkNode(name: "qkv", inputs: ["places"], layer: Linear(outputs: 18)),
      NetworkNode(name: "attention", inputs: ["qkv"], layer: Attention(heads: 3)),
      NetworkNode(name: "first", inputs: ["attention"], layer: Select(index: 0)),
      NetworkNode(name: "mean", inputs: ["attention"], layer: SequenceMean()),
      NetworkNode(name: "both", inputs: ["first", "mean"], layer: Concatenate()),
      NetworkNode(name: "head", inputs: ["both"], layer: Linear(outputs: 3)),
    ])

  /// Residual blocks over rows, each normalised before it.
  package static let rows = ExampleNetwork(
    name: "rows", inputs: [NetworkInput(name: "x", kind: .numbers, shape: [5])],
    nodes: [
      NetworkNode(name: "first", inputs: ["x"], layer: Linear(outputs: 8)),
      NetworkNode(name: "norm1", inputs: ["first"], layer: BatchNorm()),
      NetworkNode(name: "wide1", inputs: ["norm1"], layer: Linear(outputs: 16)),
      NetworkNode(name: "act1", inputs: ["wide1"], layer: Activation(.relu)),
      NetworkNode(name: "narrow1", inputs: ["act1"], layer: Linear(outputs: 8)),
      NetworkNode(name: "sum1", inputs: ["first", "narrow1"], layer: Add()),
      NetworkNode(name: "norm2", inputs: ["sum1"], layer: BatchNorm()),
      NetworkNode(name: "wide2", inputs: ["norm2"], layer: Linear(outputs: 16)),
      NetworkNode(name: "act2", inputs: ["wide2"], layer: Activation(.relu)),
      NetworkNode(name: "narrow2", inputs: ["act2"], layer: Linear(outputs: 8)),
      NetworkNode(name: "sum2", inputs: ["sum1", "narrow2", "first"], layer: Add()),
      NetworkNode(name: "head", inputs: ["sum2"], layer: Linear(outputs: 3)),
    ])
}

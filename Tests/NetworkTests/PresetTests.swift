import Diagnostics
import Options
import Tensor
import Testing
import YAML

@testable import Network

struct `Presets` {
  /// Parameters and multiplications as the papers' networks have them; those of the ImageNet family
  /// agree with the figures that torchvision publishes.
  @Test(arguments: [
    (20, [3, 32, 32], 10, 272_474, 40_813_184), (32, [3, 32, 32], 10, 466_906, 69_124_736),
    (44, [3, 32, 32], 10, 661_338, 97_436_288), (56, [3, 32, 32], 10, 855_770, 125_747_840),
    (110, [3, 32, 32], 10, 1_730_714, 253_149_824),
    (18, [3, 224, 224], 1000, 11_689_512, 1_814_073_344),
    (34, [3, 224, 224], 1000, 21_797_672, 3_663_761_408),
    (50, [3, 224, 224], 1000, 25_557_032, 4_089_184_256),
  ])
  func `resnets have the parameters and multiplications of the paper`(
    depth: Int, shape: [Int], classes: Int, parameters: Int, products: Int
  ) throws {
    var preset = ResNetPreset()
    preset.depth = depth
    let image = NetworkInput(name: "image", kind: .image, shape: shape)
    let network = try preset.network(for: [image], outputs: classes)
    #expect(network.parameterCount == parameters)
    #expect(network.multiplyAccumulates == products)
    #expect(network.shapes["head"] == [classes])
  }

  @Test(arguments: [[1, 8, 8], [3, 1, 1], [1, 5, 9]])
  func `convolutional presets take small images`(shape: [Int]) throws {
    let image = NetworkInput(name: "image", kind: .image, shape: shape)
    for preset in [ResNetPreset(), CNNPreset()] as [any Preset] {
      #expect(try preset.network(for: [image], outputs: 7).shapes["head"] == [7])
    }
  }

  @Test func `width scales a resnet`() throws {
    var preset = ResNetPreset()
    preset.width = 8
    let image = NetworkInput(name: "image", kind: .image, shape: [1, 8, 8])
    let network = try preset.network(for: [image], outputs: 10)
    #expect(network.shapes["stage1.block1.add"] == [8, 8, 8])
    #expect(network.shapes["stage3.block3.add"] == [32, 2, 2])
  }

  @Test func `an mlp joins numbers and categories`() throws {
    let inputs = [
      NetworkInput(name: "sizes", kind: .numbers, shape: [5]),
      NetworkInput(name: "colour", kind: .category, shape: [1], cardinalities: [4]),
      NetworkInput(name: "image", kind: .image, shape: [1, 2, 2]),
    ]
    var preset = MLPPreset()
    preset.hidden = [16, 8]
    preset.hasBatchNorm = true
    preset.dropout = 0.1
    let network = try preset.network(for: inputs, outputs: 3)
    #expect(network.shapes["features"] == [13])
    #expect(network.parameterCount == 13 * 16 + 32 + 16 * 8 + 16 + 8 * 3 + 3)
    #expect(network.multiplyAccumulates == 13 * 16 + 16 * 8 + 8 * 3)
  }

  @Test func `features of other kinds meet an image before the head`() throws {
    let inputs = [
      NetworkInput(name: "front", kind: .image, shape: [3, 16, 16]),
      NetworkInput(name: "side", kind: .image, shape: [1, 8, 8]),
      NetworkInput(name: "age", kind: .numbers, shape: [2]),
    ]
    let network = try CNNPreset().network(for: inputs, outputs: 2)
    #expect(network.shapes["fusion"] == [128 + 128 + 2])
    #expect(network.node(named: "front.stage1.conv") != nil)
  }

  @Test func `a convolutional preset without an image says so`() {
    let table = NetworkInput(name: "sizes", kind: .numbers, shape: [5])
    #expect {
      try CNNPreset().network(for: [table], outputs: 2)
    } throws: { error in
      "\(error)".contains(
        "the cnn model needs an image or the spectrum of a sound, but the dataset has none")
    }
  }

  @Test(arguments: ["features", "hidden1", "head", "head.relu", "x.one-hot"])
  func `features may have the names of layers`(name: String) throws {
    let inputs = [
      NetworkInput(name: name, kind: .category, shape: [1], cardinalities: [3]),
      NetworkInput(name: "x", kind: .category, shape: [1], cardinalities: [2]),
    ]
    let network = try MLPPreset().network(for: inputs, outputs: 4)
    #expect(network.shapes[name] == [1])
    #expect(network.outputs.compactMap { network.shapes[$0] } == [[4]])
    #expect(Set(network.nodes.map(\.name)).count == network.nodes.count)
  }

  /// The figures that torchvision publishes for `mobilenet_v2` and `vit_b_16`; those of the others are
  /// counted by hand.
  @Test(
    arguments: [
      (
        "mobilenet-v2", NetworkInput(name: "x", kind: .image, shape: [3, 224, 224]), 1000,
        3_504_872,
        300_774_272
      ),
      (
        "{vit: {patch: 16, width: 768, depth: 12, heads: 12}}",
        NetworkInput(name: "x", kind: .image, shape: [3, 224, 224]), 1000, 86_567_656,
        17_563_828_224
      ),
      (
        "{transformer: {width: 8, depth: 1, heads: 2, expansion: 2}}",
        NetworkInput(name: "x", kind: .text, shape: [5], cardinalities: [9]), 3,
        (72 + 40) + (216 + 72 + 144 + 136) + 3 * 16 + 27,
        5 * (192 + 64 + 128 + 128) + 2 * 5 * 5 * 8 + 24
      ),
      (
        "{tabular-resnet: {width: 8, depth: 1}}",
        NetworkInput(name: "x", kind: .category, shape: [1], cardinalities: [3]), 2,
        32 + 72 + 16 + (144 + 136) + 16 + 18, 64 + 128 + 128 + 16
      ),
      (
        "{audio-cnn: {channels: [2]}}",
        NetworkInput(name: "x", kind: .audio, shape: [1, 8, 6]), 3, 18 + 4 + 36 + 4 + 9,
        48 * 18 + 48 * 36 + 6
      ),
      (
        "{audio-cnn: {channels: [2]}}",
        NetworkInput(name: "x", kind: .audio, shape: [1, 160]), 3, 160 + 4 + 9, 40 * 160 + 6
      ),
    ] as [(String, NetworkInput, Int, Int, Int)])
  func `presets have the parameters and multiplications of their sources`(
    yaml: String, input: NetworkInput, outputs: Int, parameters: Int, products: Int
  ) throws {
    let network = try preset(yaml).network(for: [input], outputs: outputs)
    #expect(network.parameterCount == parameters)
    #expect(network.multiplyAccumulates == products)
  }

  private func preset(_ yaml: String) throws -> any Preset {
    try ModelPreset.decode(Node(parsing: yaml, file: "preset")).preset
  }

  /// Every kind of feature meets before the head, whatever the preset is for.
  @Test(arguments: [
    "linear", "mlp", "cnn", "resnet", "mobilenet-v2", "vit", "transformer", "audio-cnn",
    "tabular-resnet",
  ])
  func `every preset takes every kind of feature`(name: String) throws {
    let inputs = [
      NetworkInput(name: "front", kind: .image, shape: [3, 12, 12]),
      NetworkInput(name: "beep", kind: .audio, shape: [1, 24, 13]),
      NetworkInput(name: "wave", kind: .audio, shape: [1, 400]),
      NetworkInput(name: "note", kind: .text, shape: [6], cardinalities: [20]),
      NetworkInput(name: "title", kind: .text, shape: [4], cardinalities: [30]),
      NetworkInput(name: "sizes", kind: .numbers, shape: [2]),
      NetworkInput(name: "series", kind: .numbers, shape: [3, 4]),
      NetworkInput(name: "colour", kind: .category, shape: [2], cardinalities: [3, 5]),
      NetworkInput(name: "born", kind: .date, shape: [4]),
    ]
    let network = try preset(name).network(for: inputs, outputs: 3)
    #expect(network.shapes[network.outputs[0]] == [3])
    let read = Set(network.nodes.flatMap(\.inputs))
    #expect(inputs.allSatisfy { read.contains($0.name) })
  }

  @Test(arguments: [
    ("transformer", FeatureKind.numbers, "the transformer model needs a text"),
    ("audio-cnn", .text, "the audio-cnn model needs a sound"),
    ("vit", .text, "the vit model needs an image"),
    ("mobilenet-v2", .date, "the mobilenet-v2 model needs an image"),
  ])
  func `presets say what they need`(name: String, kind: FeatureKind, fact: String) throws {
    let input = NetworkInput(name: "x", kind: kind, shape: [5], cardinalities: [3])
    let thrown = #expect(throws: Diagnostic.self) {
      try preset(name).network(for: [input], outputs: 2)
    }
    #expect(thrown?.message.hasPrefix(fact) ?? false)
  }

  @Test(arguments: [
    ("{vit: {patch: 3}}", [1, 8, 8], "patches of 3x3 do not tile 'x' of 8x8"),
    ("vit", [1, 101, 97], "'x' of 101x97 has 9797 patches of 1x1"),
  ])
  func `patches have to tile the image`(yaml: String, shape: [Int], fact: String) throws {
    let input = NetworkInput(name: "x", kind: .image, shape: shape)
    let thrown = #expect(throws: Diagnostic.self) {
      try preset(yaml).network(for: [input], outputs: 2)
    }
    #expect(thrown?.message == fact)
  }

  @Test(arguments: ["{vit: {width: 10, heads: 3}}", "{transformer: {width: 10, heads: 3}}"])
  func `heads have to divide the width`(yaml: String) throws {
    let thrown = #expect(throws: Diagnostics.self) { try preset(yaml) }
    #expect(
      thrown?.first?.message == "vectors of 10 values cannot be split into 3 heads")
    #expect(thrown?.first?.notes.first?.message == "use 2 heads, or a width of 12")
  }

  /// The variance of first values follows from each layer's kind and its fan-in, as its source has it.
  @Test(
    arguments: [
      ("mlp", NetworkInput(name: "x", kind: .numbers, shape: [300]), "hidden1.weight", 2.0 / 300),
      (
        "{cnn: {channels: [64, 64]}}", NetworkInput(name: "x", kind: .image, shape: [8, 9, 9]),
        "stage2.conv.weight", 2.0 / (64 * 9)
      ),
      (
        "{mobilenet-v2: {width: 0.5}}", NetworkInput(name: "x", kind: .image, shape: [3, 32, 32]),
        "stage6.block2.depthwise.conv.weight", 2.0 / 9
      ),
      (
        "{mobilenet-v2: {width: 0.5}}", NetworkInput(name: "x", kind: .image, shape: [3, 32, 32]),
        "stage6.block2.project.conv.weight", 1.0 / 480
      ),
      (
        "vit", NetworkInput(name: "x", kind: .image, shape: [3, 32, 32]), "patches.weight", 1.0 / 48
      ),
      (
        "vit", NetworkInput(name: "x", kind: .image, shape: [3, 32, 32]), "block1.qkv.weight",
        2.0 / (4 * 192)
      ),
      (
        "vit", NetworkInput(name: "x", kind: .image, shape: [3, 32, 32]), "places.weight", 0.0004
      ),
      (
        "transformer", NetworkInput(name: "x", kind: .text, shape: [9], cardinalities: [200]),
        "vectors.weight", 0.0004
      ),
      (
        "transformer", NetworkInput(name: "x", kind: .text, shape: [9], cardinalities: [200]),
        "block2.mlp1.weight", 2.0 / (128 + 512)
      ),
      (
        "tabular-resnet", NetworkInput(name: "x", kind: .numbers, shape: [9]),
        "block1.linear1.weight", 2.0 / 192
      ),
      (
        "tabular-resnet", NetworkInput(name: "x", kind: .numbers, shape: [9]),
        "block1.linear2.weight", 1.0 / 384
      ),
    ] as [(String, NetworkInput, String, Double)])
  func `first values have the variance that their sources give`(
    yaml: String, input: NetworkInput, name: String, variance: Double
  ) throws {
    let network = try preset(yaml).network(for: [input], outputs: 3)
    let spec = try #require(network.parameterSpecs.first { $0.name == name })
    var stream = RandomStream(seed: 4, path: [.init(name)])
    let values = try spec.initialValue(&stream).to(.float64)
    let found = try values.square().mean().item()
    // Four deviations of the estimate, for a normal distribution.
    #expect(abs(found / variance - 1) < 4 * (2 / Double(spec.count)).squareRoot())
    #expect(try abs(values.mean().item()) < 4 * (variance / Double(spec.count)).squareRoot())
  }

  @Test func `biases begin at zero`() throws {
    let image = NetworkInput(name: "x", kind: .image, shape: [3, 32, 32])
    let biases = try preset("vit").network(for: [image], outputs: 3).parameterSpecs
      .filter { $0.role == .bias }
    #expect(biases.count > 20)
    #expect(biases.allSatisfy { $0.initialization == .constant(0) })
  }
}

import Testing

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
}

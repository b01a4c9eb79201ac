import Diagnostics
import Options
import Testing
import YAML

@testable import Network

struct `Graphs` {
  @Test(arguments: [
    (
      "two layers of one name",
      [("a", "flatten", ["x"]), ("a", "flatten", ["x"])], "two layers named \"a\""
    ),
    ("an unknown input", [("head", "flatten", ["y"])], "reads \"y\", which is neither"),
    (
      "a cycle",
      [("a", "add: {}", ["x", "c"]), ("b", "flatten", ["a"]), ("c", "flatten", ["b"])],
      "the network has a cycle: a → b → c → a"
    ),
    ("itself", [("a", "add: {}", ["x", "a"])], "the network has a cycle: a → a"),
    ("too few inputs", [("a", "add: {}", ["x"])], "layer \"a\" (add) has 1 input"),
    ("a vector", [("a", "global-pool", ["x"])], "needs an image [channels, height, width]"),
    (
      "a window larger than the image",
      [("a", "convolution: {channels: 1, kernel: 9}", ["image"])],
      "has a window of 9x9 (padding 0x0, dilation 1x1) that does not fit its input of 4x4"
    ),
    (
      "groups that do not divide",
      [("a", "convolution: {channels: 4, groups: 2}", ["image"])],
      "cannot split 3 input and 4 output channels into 2 groups"
    ),
    (
      "shapes that differ", [("a", "add: {}", ["x", "image"])],
      "adds the shapes [6] and [3, 4, 4]"
    ),
    (
      "more than can be addressed",
      [
        ("a", "linear: {outputs: 1048576}", ["x"]), ("b", "linear: {outputs: 1048576}", ["a"]),
        ("c", "linear: {outputs: 1048576}", ["b"]),
      ], "has more than 1099511627776 parameters"
    ),
  ])
  func `a faulty graph is refused with the layer named`(
    _: String, nodes: [(String, String, [String])], fact: String
  ) throws {
    #expect {
      try makeNetwork(nodes)
    } throws: { error in
      "\(error)".contains(fact)
    }
  }

  @Test func `nodes are put in topological order and keep theirs where that is free`() throws {
    let network = try makeNetwork([
      ("last", "add: {}", ["right", "left"]), ("left", "flatten", ["x"]),
      ("right", "flatten", ["x"]), ("loose", "flatten", ["image"]),
    ])
    #expect(network.nodes.map(\.name) == ["right", "left", "last", "loose"])
  }

  @Test func `a chain of any length is sorted without recursion`() throws {
    let nodes = (0..<20_000).reversed().map {
      NetworkNode(name: "n\($0)", inputs: [$0 == 0 ? "x" : "n\($0 - 1)"], layer: Flatten())
    }
    let network = try Network(
      inputs: [NetworkInput(name: "x", kind: .numbers, shape: [1])], nodes: nodes,
      outputs: ["n19999"])
    #expect(network.nodes.first?.name == "n0")
  }

  @Test func `a network reads back what it wrote`() throws {
    var preset = ResNetPreset()
    preset.depth = 8
    let image = NetworkInput(name: "image", kind: .image, shape: [1, 8, 8])
    let built = try preset.network(for: [image], outputs: 10)
    let nodes = built.nodes.map { node in
      var node = node
      guard node.layer is Convolution else { return node }
      node.weightQuantization = WeightQuantization(bits: 4, group: 32)
      node.inputQuantization = [ActivationQuantization(scale: 0.1, zeroPoint: 3)]
      return node
    }
    let network = try Network(inputs: built.inputs, nodes: nodes, outputs: built.outputs)
    let text = network.value.prettyJSON
    let read = try Network(Node(parsing: text, file: "network.json"))
    #expect(read.nodes == network.nodes)
    #expect(read.inputs == network.inputs)
    #expect(read.shapes == network.shapes)
  }

  @Test(arguments: [
    ("{}", "the key 'format' is missing"),
    ("{format: 2, inputs: [], nodes: [], outputs: []}", "2 is out of range for 'format'"),
    ("{format: 1, inputs: [], nodes: [], outputs: []}", "the network has no inputs"),
    (
      """
      {format: 1, inputs: [{name: x, kind: numbers, shape: [2]}], outputs: [a],
       nodes: [{name: a, inputs: [x], layer: {linaer: {outputs: 2}}}]}
      """, "'linaer' is not one of the choices here"
    ),
    (
      """
      {format: 1, inputs: [{name: x, kind: numbers, shape: [99999999999999]}], outputs: [x],
       nodes: []}
      """, "99999999999999 is out of range for 'shape'"
    ),
    (
      """
      {format: 1, inputs: [{name: x, kind: image, shape: [2147483648, 2147483648, 2]}],
       outputs: [x], nodes: []}
      """, "which is too large"
    ),
    (
      """
      {format: 1, inputs: [{name: x, kind: numbers, shape: [2]}], outputs: [a],
       nodes: [{name: a, inputs: [x], layer: {linear: {outputs: -3}}}]}
      """, "-3 is out of range for 'outputs'"
    ),
  ])
  func `a hostile file is refused`(text: String, fact: String) throws {
    let node = try Node(parsing: text, file: "network.json")
    #expect {
      try Network(node)
    } throws: { error in
      "\(error)".contains(fact) && "\(error)".contains("network.json:")
    }
  }

  @Test func `the summary is a table with totals`() throws {
    let network = try makeNetwork([
      ("conv", "convolution: {channels: 2}", ["image"]), ("flat", "flatten", ["conv"]),
      ("head", "linear: {outputs: 1200}", ["flat"]),
    ])
    #expect(
      network.summary == """
        layer  type             reads  output  parameters   MACs
        x      input (numbers)         6
        image  input (image)           3x4x4
        conv   convolution      image  2x2x2           56    216
        flat   flatten          conv   8
        head   linear           flat   1200        10,800  9,600
        total                                      10,856  9,816
        """)
  }

  private func makeNetwork(_ nodes: [(String, String, [String])]) throws -> Network {
    try Network(
      inputs: [
        NetworkInput(name: "x", kind: .numbers, shape: [6]),
        NetworkInput(name: "image", kind: .image, shape: [3, 4, 4]),
      ],
      nodes: nodes.map { name, layer, inputs in
        let text = layer.contains(":") ? "{\(layer)}" : layer
        let decoded = try AnyLayer.decode(Node(parsing: text, file: "test"))
        return NetworkNode(name: name, inputs: inputs, layer: decoded.layer)
      },
      outputs: [nodes[nodes.count - 1].0])
  }
}

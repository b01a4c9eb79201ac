import Diagnostics
import Options
import Testing
import YAML

@testable import Network

struct `Lists of layers` {
  private static let inputs = [
    NetworkInput(name: "image", kind: .image, shape: [3, 8, 8]),
    NetworkInput(name: "age", kind: .numbers, shape: [2]),
    NetworkInput(name: "colour", kind: .category, shape: [1], cardinalities: [4]),
  ]

  private static let graph = """
    - {name: stem, from: image, convolution: {channels: 4, padding: 1}}
    - {name: act, activation: relu}
    - {name: left, convolution: {channels: 4, padding: 1, groups: 4}}
    - {name: right, from: act, convolution: {channels: 4, kernel: 1}}
    - {name: sum, from: [left, right, act], add: }
    - {name: mean, global-pool: }
    - {name: row, from: features, linear: 5}
    - {from: [mean, row], concatenate: }
    - linear: {outputs: 2}
    """

  private func list(_ yaml: String) throws -> (LayerList, Node) {
    let node = try Node(parsing: yaml, file: "p.yaml")
    return (try LayerList.decode(node), node)
  }

  @Test func `are graphs by what they read`() throws {
    let (list, _) = try list(Self.graph)
    let network = try list.network(for: Self.inputs, outputs: 2)
    #expect(network.node(named: "right")?.inputs == ["act"])
    #expect(network.node(named: "sum")?.inputs == ["left", "right", "act"])
    // The numbers and an indicator for each colour, which no layer names.
    #expect(network.shapes["features"] == [6])
    #expect(network.shapes["layer8"] == [9])
    #expect(network.parameterCount == (112 + 40 + 20) + 35 + 20)
  }

  @Test func `read back what they are written as`() throws {
    let (list, _) = try list(Self.graph)
    let read = try LayerList.decode(list.value, from: "settings")
    #expect(read == list)
    let plain = LayerList([AnyLayer(Flatten()), AnyLayer(Linear(outputs: 2))])
    #expect(plain.value == [AnyLayer(Flatten()), AnyLayer(Linear(outputs: 2))].value)
  }

  @Test(arguments: [
    ("[{linear: 2}, {name: a, from: layer1}]", "1:15", "a layer is named here, and not what"),
    ("[{linear: 2}, {name: a, frm: layer1, linear: 2}]", "1:25", "unknown key 'frm'"),
    ("[{name: a, linear: 2}, {name: a, linear: 2}]", "1:24", "layer 2 'a' (linear) has the name"),
    ("[{name: features, linear: 2}]", "1:2", "which stands for what no layer names"),
    ("[{name: a, from: a, linear: 2}]", "1:2", "layer 1 'a' (linear) reads itself"),
    (
      "[{name: a, from: b, linear: 2},\n {name: b, from: a, linear: 2}]", "1:2",
      "layer 1 'a' (linear) reads 'b', which comes below it as layer 2"
    ),
    ("[{linear: {outputs: 1000000000}}]", "1:21", "1000000000 is out of range for 'outputs'"),
    ("[{convolution: {kernel: 99999}}]", "1:25", "99999 is out of range for 'kernel'"),
    ("[{from: [], linear: 2}]", "1:9", "nothing is named to read"),
    ("[{name: a, linear: 2, flatten: }]", "1:23", "more than one thing is chosen here"),
  ])
  func `are refused at their places`(yaml: String, place: String, fact: String) throws {
    let node = try Node(parsing: yaml, file: "p.yaml")
    let thrown = #expect(throws: Diagnostics.self) { try LayerList.decode(node) }
    let problem = try #require(thrown?.first)
    #expect(problem.message.contains(fact), "\(problem.message)")
    #expect(problem.location.map { "\($0.line):\($0.column)" } == place)
  }

  @Test(
    arguments: [
      (
        "- {from: image, convolution: {channels: 2, kernel: 5}}\n- flatten\n"
          + "- {name: wide, from: layer1, convolution: {channels: 2, kernel: 5}}\n"
          + "- {from: [layer2, wide], concatenate: }\n- linear: 2", 2,
        "layer 3 'wide' (convolution) has a window of 5x5"
      ),
      ("- {from: imgae, flatten: }\n- linear: 2", 0, "reads 'imgae', which is neither a feature"),
      ("- {name: image, from: age, linear: 2}", 0, "as a feature has"),
      ("- {from: image, flatten: }\n- {from: age, linear: 2}", 0, "is read by no layer"),
      ("- {from: image, flatten: }\n- linear: 2", nil, "the feature 'age' is read by no layer"),
      ("- linear: 3", 0, "gives the shape [3], but the target needs [2]"),
      ("- add", 0, "layer 1 (add) has 1 input"),
      (
        "- {from: [image, age, colour], concatenate: }\n- {from: features, linear: 2}", 0,
        "joins the shapes"
      ),
      (
        "- linear: 1048576\n- linear: 1048576\n- linear: 1048576\n- linear: 2", 1,
        "brings the network to more than 1099511627776 parameters"
      ),
    ] as [(String, Int?, String)])
  func `name the layer that does not fit`(yaml: String, index: Int?, fact: String) throws {
    let (list, node) = try list(yaml)
    let thrown = #expect(throws: LayerList.Fault.self) {
      _ = try list.build(for: Self.inputs, outputs: 2)
    }
    let fault = try #require(thrown)
    #expect(fault.index == index)
    #expect(fault.problem.message.contains(fact), "\(fault.problem.message)")
    #expect(index == nil || fault.range(in: node).start.line == (index ?? 0) + 1)
    #expect(!fault.problem.notes.isEmpty)
  }

  @Test func `of more layers than anybody writes are refused unread`() throws {
    let entry = Node(value: "flatten", at: SourceRange(file: "p.yaml", line: 1, column: 1))
    var node = entry
    node.content = .sequence(Array(repeating: entry, count: 1_000_000))
    let thrown = #expect(throws: Diagnostics.self) { try LayerList.decode(node) }
    #expect(thrown?.first?.message == "the list has 1000000 layers")
  }
}

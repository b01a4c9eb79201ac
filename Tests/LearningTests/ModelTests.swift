import Dataset
import Foundation
import Network
import Tensor
import Testing
import YAML

@testable import Learning

struct `Models` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `read back what they wrote`() throws {
    let model = try write()
    let read = try Model(opening: folder.path)
    #expect(read.network.graph.nodes == model.network.graph.nodes)
    #expect(read.features == model.features)
    #expect(read.target == model.target)
    #expect(read.lineage == model.lineage)
    for (name, tensor) in model.network.parameters {
      #expect(try tensor.bytes() == read.network.parameters.tensor(name).bytes())
    }
  }

  @Test(arguments: [
    ("\"format\": 1", "\"format\": 9", "is not in a format of 1 to 1"),
    ("\"outputs\": 2", "\"outputs\": 3", "has the shape [2, 3] where the network needs [3, 3]"),
    ("\"name\": \"head\"", "\"name\": \"tail\"", "the network returns \"head\""),
    ("\"task\": \"classification\"", "\"task\": \"guess\"", "'target.task'"),
  ])
  func `are refused where the description does not fit`(
    old: String, new: String, fact: String
  ) throws {
    _ = try write()
    let url = URL(filePath: folder.path + "/network.json")
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    #expect(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: url)
    #expect {
      try Model(opening: folder.path)
    } throws: { error in
      "\(error)".contains(fact)
    }
  }

  @Test func `are refused without tensors`() throws {
    _ = try write()
    try SafeTensors.write(
      ["head.weight": .zeros([2, 3])], to: folder.path + "/model.safetensors")
    #expect {
      try Model(opening: folder.path)
    } throws: { error in
      "\(error)".contains("has no tensor 'head.bias'")
    }
  }

  private func write() throws -> Model {
    let feature = Feature(
      name: "sizes", kind: .numbers, shape: [3], type: .float32, columns: ["a", "b", "c"])
    let network = try LinearPreset().network(for: [feature.networkInput], outputs: 2)
    let model = Model(
      network: WeightedNetwork(network, try network.initialParameters(RandomStream(seed: 1))),
      features: [feature], steps: [],
      target: Target(name: "kind", task: .classification, classes: ["no", "yes"]),
      lineage: ["stage": "teacher"])
    try model.write(to: folder.path)
    return model
  }
}

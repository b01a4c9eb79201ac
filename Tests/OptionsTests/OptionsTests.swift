import Diagnostics
import Options
import Testing
import YAML

@Suite struct `Decoding settings` {
  @Test func `reads every kind of field`() throws {
    let settings = try Train(
      Node(
        parsing: """
          target: digit
          model: {resnet: {depth: 20}}
          optimizer: sgd
          epochs: 1e1
          batch: 64
          learning-rate: 1
          floor: -0.5%
          keep: 70%
          checkpoints: 1h30m
          memory: 2GiB
          freeze: ["block[0-3].*"]
          early-stop: {patience: 2, by: top-five}
          steps: [flip, rotate: 20, fill: {constant: 3}]
          weights: {"3": 0.5}
          """, file: "p.yaml"))
    var expected = Train()
    expected.target = "digit"
    expected.model = .resnet(ResNet(depth: 20))
    expected.optimizer = .sgd
    expected.batch = .fixed(64)
    expected.learningRate = 1
    expected.floor = -0.005
    expected.keep = 0.7
    expected.checkpoints = .minutes(90)
    expected.memory = ByteCount(2 << 30)
    expected.freeze = [try #require(Pattern("block[0-3].*"))]
    expected.earlyStop = EarlyStop(patience: 2, by: .topFive)
    expected.steps = [.flip, .rotate(Rotation(degrees: 20)), .fill(.constant(3))]
    expected.weights = ["3": 0.5]
    #expect(settings == expected)
    #expect(try Train.decode(settings.value, from: "job") == settings)
  }

  @Test func `writes every field canonically`() {
    #expect(
      EarlyStop(patience: 2, by: .topFive).value == ["patience": 2, "by": "top-five"])
    #expect(Model.linear.value == "linear")
    #expect(Model.mlp(MLP()).value == ["mlp": ["hidden": [64], "dropout": 0.0]])
    #expect(Filling.constant(3).value == ["constant": 3.0])
    #expect(Train().value["floor"] == .null)
  }

  @Test(arguments: [
    ("linear", Model.linear), ("mlp", .mlp(MLP())), ("{mlp: }", .mlp(MLP())),
    ("{linear: }", .linear), ("{mlp: {dropout: 0.5}}", .mlp(MLP(dropout: 0.5))),
    ("{ensemble: [linear, mlp]}", .ensemble([.linear, .mlp(MLP())])),
  ])
  func `accepts a choice by bare name or with settings`(text: String, model: Model) throws {
    #expect(try Model.decode(Node(parsing: text, file: "p.yaml")) == model)
  }

  @Test(arguments: [
    ("median", Filling.median), ("3", .constant(3)), ("{constant: 3}", .constant(3)),
    ("{median: }", .median),
  ])
  func `accepts a shorthand`(text: String, filling: Filling) throws {
    #expect(try Filling.decode(Node(parsing: text, file: "p.yaml")) == filling)
  }

  @Test func `takes an empty mapping for all defaults`() throws {
    #expect(try EarlyStop(Node(parsing: "# nothing\n~", file: "p.yaml")) == EarlyStop())
    #expect(try EarlyStop(Node(parsing: "{}", file: "p.yaml")) == EarlyStop())
  }

  @Test func `keeps warnings without failing`() throws {
    var problems = Diagnostics()
    let node = try Node(
      parsing: "{target: x, epochs: 2, early-stop: {patience: 5}}", file: "p.yaml")
    #expect(Train.decode(node, into: &problems)?.epochs == 2)
    #expect(problems.map(\.severity) == [.warning])
    #expect(problems.first?.message == "the patience of 5 epochs is never used up")
  }
}

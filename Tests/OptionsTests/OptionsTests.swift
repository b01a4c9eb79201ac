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
}

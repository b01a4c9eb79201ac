import Diagnostics
import Options
import Testing
import YAML

@Suite struct `Mistakes in settings` {
  static let mistakes: [(String, Int, Int, String)] = [
    ("epoch: 1", 1, 1, "unknown key 'epoch'"),
    ("epochs: ten", 1, 9, "expected a whole number, found the text 'ten'"),
    ("epochs: \"10\"", 1, 9, "expected a whole number, found the text '10'"),
    ("epochs: 1.5", 1, 9, "expected a whole number, found the number 1.5"),
    ("epochs: [1]", 1, 9, "expected a whole number, found a list"),
    ("epochs: {a: 1}", 1, 9, "expected a whole number, found a mapping"),
    ("epochs: true", 1, 9, "expected a whole number, found 'true'"),
    ("epochs:", 1, 8, "'epochs' has no value"),
    ("epochs: 0", 1, 9, "0 is out of range for 'epochs'"),
    ("batch: 5000", 1, 8, "5000 is out of range for 'batch'"),
    ("batch: automatic", 1, 8, "'automatic' is not known here"),
    ("learning-rate: 0", 1, 16, "0 is out of range for 'learning-rate'"),
    ("learning-rate: .inf", 1, 16, "expected a finite number, found the number .inf"),
    ("optimizer: sdg", 1, 12, "'sdg' is not one of the choices here"),
    ("optimizer: [sgd]", 1, 12, "expected a name, found a list"),
    ("keep: 5%", 1, 7, "5% is out of range for 'keep'"),
    ("keep: 120%", 1, 7, "120% is not a part of a whole"),
    ("keep: 70", 1, 7, "70 is not a part of a whole"),
    ("keep: most", 1, 7, "expected a fraction, found the text 'most'"),
    ("floor: -200%", 1, 8, "-200% is more than the whole"),
    ("checkpoints: 30", 1, 14, "expected a duration, found the number 30"),
    ("checkpoints: 3x", 1, 14, "expected a duration, found the text '3x'"),
    ("checkpoints: 10ms", 1, 14, "10ms is out of range for 'checkpoints'"),
    ("memory: lots", 1, 9, "expected a number of bytes, found the text 'lots'"),
    ("memory: -1", 1, 9, "expected a number of bytes, found the number -1"),
    ("freeze: block", 1, 9, "expected a list, found the text 'block'"),
    (
      "freeze: [\"a[\"]", 1, 10,
      "the pattern 'a[' has a '[' or '{' that is not closed, or too many alternatives"
    ),
    ("freeze: [a, 1]", 1, 13, "expected text, found the number 1"),
    ("early-stop: 3", 1, 13, "expected a mapping of settings, found the number 3"),
    ("early-stop: {patience: 0}", 1, 24, "0 is out of range for 'patience'"),
    ("early-stop: {by: speed}", 1, 18, "'speed' is not one of the choices here"),
    ("steps: [flip, flip, flip, flip]", 1, 8, "'steps' has 4 elements"),
    ("steps: [flop]", 1, 9, "'flop' is not one of the choices here"),
    ("steps: [{flop: 1}]", 1, 10, "'flop' is not one of the choices here"),
    ("steps: [{flip: 1}]", 1, 16, "'flip' takes no settings"),
    ("steps: [{flip: , rotate: 1}]", 1, 18, "more than one thing is chosen here"),
    ("steps: [{}]", 1, 9, "nothing is chosen here"),
    ("steps: [[flip]]", 1, 9, "expected one of 3 names, found a list"),
    ("steps: [rotate: 999]", 1, 17, "999 is out of range for 'degrees'"),
    ("steps: [fill: medain]", 1, 15, "'medain' is not one of the choices here"),
    ("steps: [fill: [1]]", 1, 15, "expected a finite number, found a list"),
    ("steps: [fill]", 1, 9, "'fill' needs settings"),
    ("steps: [fill: ]", 1, 15, "'fill' has no value"),
    ("model: resnet", 1, 8, "'resnet' needs settings"),
    ("model: {resnet: {}}", 1, 17, "the key 'depth' is missing"),
    ("model: {mlp: {hidden: [64, 0]}}", 1, 28, "0 is out of range for 'hidden'"),
    ("model: {mlp: {hidden: []}}", 1, 23, "'hidden' has 0 elements"),
    ("weights: {a: b}", 1, 14, "expected a finite number, found the text 'b'"),
    ("weights: [1]", 1, 10, "expected a mapping, found a list"),
  ]

  @Test(arguments: mistakes)
  func `are named with their place`(
    text: String, line: Int, column: Int, message: String
  ) throws {
    let thrown = try #require(
      #expect(throws: Diagnostics.self) {
        try Train(Node(parsing: text + "\ntarget: x", file: "p.yaml"))
      })
    #expect(thrown.map(\.message) == [message])
    #expect(thrown.first?.location == SourceLocation(file: "p.yaml", line: line, column: column))
  }

  @Test func `are all reported in one pass, with remedies`() throws {
    let text = """
      epoch: 3
      epochs: ten
      optimizer: adam-w
      batch: 0
      early-stop:
        patience: "3"
        by:
      model: {mlp: {hidden: [0, 8, -1]}}
      checkpoints: 30
      """
    let thrown = try #require(
      #expect(throws: Diagnostics.self) { try Train(Node(parsing: text, file: "p.yaml")) })
    #expect(
      DiagnosticRenderer(sources: ["p.yaml": text]).render(thrown) == """
        p.yaml:1:1: error: unknown key 'epoch'
        epoch: 3
        ^~~~~
        note: did you mean 'epochs'?
        note: allowed here: batch, checkpoints, early-stop, epochs, floor, freeze, keep, \
        learning-rate, memory, model, optimizer, steps, target, weights
        p.yaml:1:1: error: the key 'target' is missing
        epoch: 3
        ^
        note: add 'target: …': The column to predict.
        p.yaml:2:9: error: expected a whole number, found the text 'ten'
        epochs: ten
                ^~~
        note: for example 'epochs: 10'
        p.yaml:3:12: error: 'adam-w' is not one of the choices here
        optimizer: adam-w
                   ^~~~~~
        note: did you mean 'adamw'?
        note: choose one of: sgd, adamw, nesterov-sgd
        p.yaml:4:8: error: 0 is out of range for 'batch'
        batch: 0
               ^
        note: 'batch' has to be from 1 to 4096
        p.yaml:6:13: error: expected a whole number, found the text '3'
          patience: "3"
                    ^~~
        note: take the quotes away
        p.yaml:7:6: error: 'by' has no value
          by:
             ^
        note: for example 'by: loss'
        p.yaml:8:24: error: 0 is out of range for 'hidden'
        model: {mlp: {hidden: [0, 8, -1]}}
                               ^
        note: 'hidden' has to be at least 1
        p.yaml:8:30: error: -1 is out of range for 'hidden'
        model: {mlp: {hidden: [0, 8, -1]}}
                                     ^~
        note: 'hidden' has to be at least 1
        p.yaml:9:14: error: expected a duration, found the number 30
        checkpoints: 30
                     ^~
        note: add a unit, for example '30s'
        """)
  }

  @Test(arguments: [
    ("early-stop: 3", "write {patience: 3}"), ("early-stop: loss", "write {by: loss}"),
    ("steps: [[flip]]", "take the brackets away, or the '-': write flip"),
    ("epochs: 9223372036854775808", "whole numbers go from \(Int.min) to \(Int.max)"),
    ("epochs: $vars.epochs", "did you mean ${vars.epochs}?"),
    ("optimizer: $(var.optimizer)", "did you mean ${vars.optimizer}?"),
  ])
  func `suggest what was meant`(text: String, remedy: String) throws {
    let thrown = try #require(
      #expect(throws: Diagnostics.self) {
        try Train(Node(parsing: text + "\ntarget: x", file: "p.yaml"))
      })
    #expect(thrown.first?.notes.first?.message == remedy)
  }

  @Test func `of a worker's job have a place too`() {
    let thrown = #expect(throws: Diagnostics.self) {
      try EarlyStop.decode(["patience": "x"], from: "job")
    }
    #expect(thrown?.first?.location?.file == "job")
  }
}

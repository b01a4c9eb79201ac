import Diagnostics
import Testing

@Suite struct `The nearest name` {
  static let names = [
    "epochs", "batch", "optimizer", "learning-rate", "seed", "sgd", "adam", "adamw", "drop",
  ]

  @Test(arguments: [
    ("epoch", "epochs"), ("epohcs", "epochs"), ("sdg", "sgd"), ("Batch", "batch"),
    ("learning_rate", "learning-rate"), ("learningrate", "learning-rate"), ("optim", "optimizer"),
    ("adma", "adam"), ("see", "seed"), ("optimiser", "optimizer"),
  ])
  func `is what was meant`(typed: String, meant: String) {
    #expect(nearestName(to: typed, in: Self.names) == meant)
  }

  @Test(arguments: ["", "x", "zzzzzz", "temperature", String(repeating: "e", count: 10_000)])
  func `is not guessed from afar`(typed: String) {
    #expect(nearestName(to: typed, in: Self.names) == nil)
  }

  @Test func `does not depend on the order of candidates`() {
    #expect(nearestName(to: "bd", in: ["bc", "ba"]) == nearestName(to: "bd", in: ["ba", "bc"]))
  }
}

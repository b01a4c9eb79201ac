package import Options

/// A learning rate that rises in a line and then stays.
package struct WarmUp: LearningRateRule {
  package static let title = "warm-up"
  package static let summary = "A rate that rises in a line and then stays."
  package static let purpose = "Rises in a line, then stays."

  package var epochs = 1

  package init() {}

  package static var fields: [Field<Self>] {
    option("epochs", \.epochs, in: 1...1_000_000, "Epochs in which the rate rises from 0.")
  }

  package func rate(at step: Int, of run: RunLength, base: Double) -> Double {
    base * min(Double(step + 1) / Double(max(epochs * run.stepsPerEpoch, 1)), 1)
  }
}

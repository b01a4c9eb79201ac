package import Options

/// A learning rate that falls along half a cosine, after an optional rise in a line.
package struct CosineDecay: LearningRateRule {
  package static let title = "cosine"
  package static let summary = "A rate that falls along half a cosine."
  package static let purpose = "Falls along half a cosine, after an optional warm-up."

  package var warmUp = 0
  package var final = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "warm-up", \.warmUp, in: 0...1_000_000,
      "Epochs in which the rate rises in a line from 0.")
    option("final", \.final, in: 0...1, "The last rate as a share of the first.")
  }

  package func rate(at step: Int, of run: RunLength, base: Double) -> Double {
    let rise = min(warmUp * run.stepsPerEpoch, run.steps)
    if step < rise { return base * Double(step + 1) / Double(rise) }
    let fraction = Double(step - rise) / Double(max(run.steps - rise, 1))
    return cosine(from: base, to: base * final, at: fraction)
  }
}

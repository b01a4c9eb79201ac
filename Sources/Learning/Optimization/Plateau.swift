package import Options

/// A learning rate that falls by a factor whenever the validation loss stops falling.
package struct Plateau: LearningRateRule {
  package static let title = "plateau"
  package static let summary = "A rate that falls when the validation loss stops falling."
  package static let purpose = "Falls by a factor whenever the validation loss stops falling."

  package var patience = 5
  package var factor = 0.1

  package init() {}

  package static var fields: [Field<Self>] {
    option("patience", \.patience, in: 1..., "Epochs without a lower loss before the rate falls.")
    option("factor", \.factor, in: 0...1, "What the rate is multiplied by.")
  }

  package func rate(at step: Int, of run: RunLength, base: Double) -> Double { base }

  /// The factor that has been earned by a history of validation losses.
  package func scale(after losses: [Double]) -> Double {
    var best = Double.infinity
    var waited = 0
    var scale = 1.0
    for loss in losses {
      if loss < best {
        best = loss
        waited = 0
      } else {
        waited += 1
        if waited == patience {
          scale *= factor
          waited = 0
        }
      }
    }
    return scale
  }
}

package import Options

/// Adam (Kingma and Ba 2015), the weight decay added to the gradient.
package struct Adam: OptimizerRule {
  package static let title = "adam"
  package static let summary = "Adaptive moments, weight decay in the gradient."

  package var moments = AdaptiveMoments(weightDecay: 0)

  package init() {}

  package static var fields: [Field<Self>] { AdaptiveMoments.fields(at: \.moments) }

  package var learningRate: Double { moments.learningRate }
  package var weightDecay: Double { moments.weightDecay }
  package var slots: [String] { moments.slots }

  package func update(
    _ group: ParameterGroup, step: Int, rate: Double, decay: Double
  ) throws {
    try moments.update(group, rate: rate, decay: decay, isDecoupled: false)
  }
}

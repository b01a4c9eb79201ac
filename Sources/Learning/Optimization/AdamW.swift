package import Options

/// Adam with the weight decay apart from the gradient (Loshchilov and Hutter 2019).
package struct AdamW: OptimizerRule {
  package static let title = "adamw"
  package static let summary = "Adaptive moments, weight decay apart."

  package var moments = AdaptiveMoments(weightDecay: 0.01)

  package init() {}

  package static var fields: [Field<Self>] { AdaptiveMoments.fields(at: \.moments) }

  package var learningRate: Double { moments.learningRate }
  package var weightDecay: Double { moments.weightDecay }
  package var slots: [String] { moments.slots }

  package func update(
    _ group: ParameterGroup, step: Int, rate: Double, decay: Double
  ) throws {
    try moments.update(group, rate: rate, decay: decay, isDecoupled: true)
  }
}

package import Dataset
package import Options

extension Clip {
  /// What `clip` takes.
  package struct Settings: Options {
    package static let title = "clip"

    package var weights: WeightBounds?
    package var during = Moment.result
    package var prune: Pruning?
    package var layers: [Pattern] = []
    package var reestimatesBatchNorm = true
    package var evaluate: [SplitName]?

    package init() {}

    package static var fields: [Field<Self>] {
      option("weights", \.weights, "Limits that weights are clipped to.")
      option(
        "during", \.during, "Whether the result is clipped, or the weights after every step too.")
      option("prune", \.prune, "Which weights become zero.")
      option(
        "layers", \.layers, "Patterns of the layers to change; all with weights by default.")
      option(
        "re-estimate", \.reestimatesBatchNorm,
        "Whether batch norms' statistics are measured anew on the training split.")
      EvaluatedSplits.field("evaluate", \.evaluate)
    }

    package static let rules: [Rule] = [
      .any([.given("weights"), .given("prune")]),
      .whereGiven("during", .all([.given("weights"), .given("prune")])),
    ]
  }

  /// When weights are clipped.
  package enum Moment: String, CaseIterable, NamedOption {
    case result, training

    package var summary: String {
      switch self {
      case .result: "Once, at the end."
      case .training: "After every step of the fine-tuning, too."
      }
    }
  }

  /// Which weights become zero.
  package enum Pruning: Choice {
    case magnitude(MagnitudePruning)

    package static let summary = "Which weights become zero."

    package static var cases: [Case<Self>] {
      Case(
        "magnitude", MagnitudePruning.self, Self.magnitude,
        MagnitudePruning.summary)
    }

    package var payload: (any OptionValue)? {
      switch self {
      case .magnitude(let settings): settings
      }
    }
  }
}

extension Clip.Settings {
  /// The epochs of further training.
  var epochs: Int {
    if case .magnitude(let settings) = prune { settings.epochs } else { 0 }
  }
}

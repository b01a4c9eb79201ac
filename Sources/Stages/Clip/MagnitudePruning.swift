package import Diagnostics
package import Learning
package import Options
package import YAML

/// Pruning by magnitude, on a cubic schedule while the network is trained further.
package struct MagnitudePruning: Options {
  package static let title = "magnitude"
  package static let summary = "The weights nearest to zero become zero."

  package var sparsity = Fraction(0.5)
  package var start = Fraction(0)
  package var scope = Scope.global
  package var epochs = 0
  package var recipe: TrainingRecipe

  package init() {
    recipe = TrainingRecipe()
    recipe.schedule = LearningRateSchedule(CosineDecay())
    // The network is a trained one, and its last epochs are those that heal it.
    recipe.batch = .fixed(64)
    recipe.optimizer = .fixed(OptimizerChoice(AdamW()))
    recipe.average = .fixed(0)
    recipe.keep = .fixed(.last)
  }

  package static var fields: [Field<Self>] {
    option(
      "sparsity", \.sparsity, in: .between(Fraction(0), Fraction(1)), required: true,
      "The share of the weights that become zero.")
    option("start", \.start, "The share that the schedule starts from.")
    option("scope", \.scope, "Over what the weights are compared.")
    option(
      "epochs", \.epochs, in: 0...1_000_000,
      "Epochs of training in which the weights go; with 0 they go at once.")
    TrainingRecipe.fields(at: \.recipe, hasEpochs: false)
  }

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard settings.start >= settings.sparsity else { return [] }
    return [
      Diagnostic(
        "the schedule starts at a sparsity that is not below the final one",
        at: (node["start"] ?? node).range, remedy: "start below 'sparsity', such as at 0%")
    ]
  }

  /// The further training.
  var trainingRecipe: TrainingRecipe {
    var recipe = recipe
    recipe.epochs = .fixed(epochs)
    return recipe
  }

  /// Over what the weights are compared.
  package enum Scope: String, CaseIterable, NamedOption {
    case global, layer

    package var summary: String {
      switch self {
      case .global: "All layers together: some lose more than others."
      case .layer: "Each layer alone: all lose the same share."
      }
    }
  }
}

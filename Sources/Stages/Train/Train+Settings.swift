package import Learning
package import Network
package import Options

extension Train {
  /// What `train` takes.
  package struct Settings: Options {
    package static let title = "train"

    package var model: ModelPreset?
    package var initialize: Initialize?
    package var freeze: [Pattern] = []
    package var layerRates: [String: Double] = [:]
    package var loss: LossFunction?
    package var labelSmoothing = 0.0
    package var classWeights: ClassWeights?
    package var recipe = TrainingRecipe()
    package var evaluate = Evaluate()
    package var explain = OneOrMany<ExplainMethod>([])

    /// The recipe with how often the model is measured.
    var training: TrainingRecipe { recipe.measured(as: evaluate) }

    package init() {}

    package static var fields: [Field<Self>] {
      option(
        "model", \.model,
        "The network to train; left out, the model that `from` names is trained further.")
      option(
        "initialize", \.initialize,
        "Another model whose parameters a new network starts with, where names and shapes agree."
      ).omittedByDefault()
      option(
        "freeze", \.freeze,
        "Patterns of layers that stay as they are when a model is trained further, or a new network starts with "
          + "another model's parameters.")
      option(
        "layer-rates", \.layerRates, in: .above(0),
        "What the learning rate is multiplied by in the layers that a pattern matches, such as "
          + "{'head*': 10}."
      ).omittedByDefault()
      TrainingRecipe.fields(at: \.recipe)
      option(
        "loss", \.loss,
        "What is made small; cross-entropy for classes and mse for values by default.")
      option(
        "label-smoothing", \.labelSmoothing, in: 0...0.9,
        "The share of each label that is spread over all classes.")
      option("class-weights", \.classWeights, "How much the rows of each class count.")
      option("evaluate", \.evaluate, "What the model is measured on, and how often.")
      option(
        "explain", \.explain,
        "How to tell what the model goes by; with any of them its worst answers, classes and calibration are kept too."
      )
    }

    package static let rules: [Rule] = [
      .any([.usual("freeze"), .usual("model"), .given("initialize")]),
      .whereGiven("initialize", .given("model")),
    ]
  }
}

package import Dataset
package import Learning
package import Network
package import Options

extension Train {
  /// What `train` takes.
  package struct Settings: Options {
    package static let title = "train"

    package var model: ModelPreset?
    package var freeze: [Pattern] = []
    package var loss: LossFunction?
    package var labelSmoothing = 0.0
    package var classWeights: ClassWeights?
    package var recipe = TrainingRecipe()
    package var evaluate: [SplitName]?
    package var explain = OneOrMany<ExplainMethod>([])

    package init() {}

    package static var fields: [Field<Self>] {
      option(
        "model", \.model,
        "The network to train; left out, the model that `from` names is trained further.")
      option(
        "freeze", \.freeze,
        "Patterns of layers that stay as they are when a model is trained further.")
      TrainingRecipe.fields(at: \.recipe)
      option(
        "loss", \.loss,
        "What is made small; cross-entropy for classes and mse for values by default.")
      option(
        "label-smoothing", \.labelSmoothing, in: 0...0.9,
        "The share of each label that is spread over all classes.")
      option("class-weights", \.classWeights, "How much the rows of each class count.")
      EvaluatedSplits.field(\.evaluate)
      option(
        "explain", \.explain,
        "How to tell what the model goes by; with any of them its worst answers, classes and calibration are kept too."
      )
    }

    package static let rules: [Rule] = [.whereGiven("freeze", .usual("model"))]
  }
}

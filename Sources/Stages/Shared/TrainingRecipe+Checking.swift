internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import YAML

extension TrainingRecipe {
  /// The same with how often the network is measured.
  func measured(as evaluate: Evaluate) -> TrainingRecipe {
    var recipe = self
    recipe.interval = evaluate.every
    return recipe
  }

  /// What is wrong with the recipe for a new network.
  ///
  /// - Parameter node: The settings that the recipe is among, as written.
  func problems(training model: ModelPreset?, _ node: Node) -> [Diagnostic] {
    if schedule.rule is Plateau, let every = interval.fixed, every > 1 {
      return [
        Diagnostic(
          "a plateau counts epochs, and only one of \(every) is measured",
          at: (node["evaluate"]?["every"] ?? node).range,
          remedy: "leave 'every' out, or use another schedule")
      ]
    }
    guard batch.fixed == 1, model?.preset.normalizesBatches ?? false else { return [] }
    return [
      Diagnostic(
        "a batch norm cannot learn from batches of one row", at: (node["batch"] ?? node).range,
        remedy: "write 'batch: 2' or more, or use a model without batch norm")
    ]
  }
}

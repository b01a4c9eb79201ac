package import Learning
package import Network
package import Options
internal import YAML

extension Distill {
  /// What `distill` takes.
  package struct Settings: Options {
    package static let title = "distill"

    package var student = ModelPreset(MLPPreset())
    package var hardWeight = 0.5
    package var softWeight = 0.5
    package var temperature = 4.0
    package var transfer: [Pattern] = []
    package var recipe = TrainingRecipe()
    package var evaluate = Evaluate()

    /// The recipe with how often the student is measured.
    var training: TrainingRecipe { recipe.measured(as: evaluate) }

    package init() {}

    package static var fields: [Field<Self>] {
      option("student", \.student, required: true, "The network that learns.")
      option(
        "hard-weight", \.hardWeight, in: 0...1_000_000,
        "The weight of the loss that compares with the truth.")
      option(
        "soft-weight", \.softWeight, in: 0...1_000_000,
        "The weight of the divergence from the teacher.")
      option(
        "temperature", \.temperature, in: .above(0),
        "What logits are divided by before student and teacher are compared.")
      option(
        "transfer", \.transfer,
        "Patterns of layers whose parameters the student takes over where shapes agree.")
      TrainingRecipe.fields(at: \.recipe)
      option("evaluate", \.evaluate, "What the student is measured on, and how often.")
    }

    package static let rules: [Rule] = [
      .any([.different("hard-weight", 0.0), .different("soft-weight", 0.0)])
    ]
  }
}

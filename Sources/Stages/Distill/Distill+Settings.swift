package import Learning
package import Network
package import Options
internal import YAML

extension Distill {
  /// What `distill` takes.
  package struct Settings: Options {
    package static let title = "distill"

    package var student: ModelPreset?
    package var isSelf = false
    package var hardWeight = 0.5
    package var softWeight = 0.5
    package var temperature = 4.0
    package var teacherWeights: [Double] = []
    package var hint: LayerMatching?
    package var attention: LayerMatching?
    package var relational: RelationalMatching?
    package var transfer: [Pattern] = []
    package var recipe = TrainingRecipe()
    package var evaluate = Evaluate()

    /// The recipe with how often the student is measured.
    var training: TrainingRecipe { recipe.measured(as: evaluate) }

    package init() {}

    package static var fields: [Field<Self>] {
      option(
        "student", \.student,
        "The network that learns; left out with 'self' alone.")
      option(
        "self", \.isSelf,
        "The student is the teacher's network anew, with first values of its own (Furlanello et al. 2018)."
      )
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
        "teacher-weights", \.teacherWeights, count: 0...1024, in: .above(0),
        "How much each teacher counts, in the order of 'from'; by default all alike.")
      option(
        "hint", \.hint,
        "The student's layers learn to tell those of the teacher, through a linear map at each place "
          + "(Romero et al. 2015).")
      option(
        "attention", \.attention,
        "The student's layers look at the places where those of the teacher do (Zagoruyko and Komodakis 2017)."
      )
      option(
        "relational", \.relational,
        "Rows lie to each other in the student as in the teacher (Park et al. 2019).")
      option(
        "transfer", \.transfer,
        "Patterns of layers whose parameters the student takes over where shapes agree.")
      TrainingRecipe.fields(at: \.recipe)
      option("evaluate", \.evaluate, "What the student is measured on, and how often.")
    }

    package static let rules: [Rule] = [
      .any([
        .different("hard-weight", 0.0), .different("soft-weight", 0.0), .given("hint"),
        .given("attention"), .given("relational"),
      ]),
      .exactlyOne(of: ["student", "self"]),
    ]
  }
}

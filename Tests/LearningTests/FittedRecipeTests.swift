import Dataset
import Network
import Options
import Testing
import YAML

@testable import Learning

/// What a training runs with where its recipe leaves that open.
struct `A recipe` {
  private static func fitted(
    _ yaml: String = "{}", rows: Int = 1000, hasValidation: Bool = true, isDense: Bool = true,
    goesOn: Bool = false
  ) throws -> FittedRecipe {
    FittedRecipe(
      try TrainingRecipe(Node(parsing: yaml, file: "r")),
      for: TrainingFacts(
        rows: rows, hasValidation: hasValidation, isDense: isDense, goesOn: goesOn))
  }

  @Test(arguments: [
    // rows, batch, epochs, weight decay
    (10, 16, 1000, 1.0), (100, 16, 572, 1), (400, 16, 160, 0.5), (1000, 64, 250, 0.2),
    (8000, 256, 125, 0.025), (100_000, 256, 20, 0.01),
  ])
  func `fits tables to the number of rows`(
    rows: Int, batch: Int, epochs: Int, decay: Double
  ) throws {
    let recipe = try Self.fitted(rows: rows)
    #expect(recipe.batch == batch)
    #expect(recipe.epochs == epochs)
    #expect(recipe.optimizer.rule.learningRate == 0.01)
    #expect(recipe.optimizer.rule.weightDecay == decay)
    #expect(recipe.average == 0.99)
    #expect(recipe.interval == (epochs + 199) / 200)
  }

  /// Weights that are held back would bend a line, and few rows do not mislead it much.
  @Test func `does not hold the weights of a linear model back`() throws {
    let facts = TrainingFacts(rows: 60, hasValidation: true, isDense: true, isLinear: true)
    #expect(
      FittedRecipe(TrainingRecipe(), for: facts).optimizer.rule.weightDecay == 0.01)
  }

  @Test(arguments: [(100, 16, 286), (2000, 64, 63), (50_000, 64, 20)])
  func `takes smaller steps with convolutions and attention`(
    rows: Int, batch: Int, epochs: Int
  ) throws {
    let recipe = try Self.fitted(rows: rows, isDense: false)
    #expect(recipe.batch == batch)
    #expect(recipe.epochs == epochs)
    #expect(recipe.optimizer.rule.learningRate == 0.001)
    #expect(recipe.optimizer.rule.weightDecay == 0.01)
    #expect(recipe.average == nil)
  }

  @Test func `trains a trained network for a shorter time and in small steps`() throws {
    let recipe = try Self.fitted(goesOn: true)
    #expect(recipe.epochs == 63)
    #expect(recipe.optimizer.rule.learningRate == 0.001)
    #expect(recipe.average == nil)
  }

  @Test func `keeps the best epoch where rows tell it`() throws {
    #expect(try Self.fitted().keepsBest)
    #expect(try !Self.fitted(hasValidation: false).keepsBest)
    #expect(try !Self.fitted("{keep: last}").keepsBest)
  }

  @Test func `keeps to what is set, and says what is not`() throws {
    let yaml = """
      {epochs: 3, batch: 10, optimizer: {sgd: {learning-rate: 0.5}}, ema: 0, keep: last}
      """
    let recipe = try Self.fitted(yaml)
    #expect(recipe.choices == [])
    #expect(recipe.epochs == 3 && recipe.batch == 10 && recipe.average == nil)
    #expect(recipe.optimizer.rule.learningRate == 0.5)
    #expect(
      try Self.fitted().choices.map(\.name)
        == ["batch", "epochs", "optimizer", "ema", "keep", "evaluate-every"])
    #expect(
      try Self.fitted("{batch: 100, accumulate: 4}").choices.first?.line
        == "epochs 1000: with 3 steps each they come to 3000 steps, where 4000 are wanted for networks "
        + "without convolutions and attention and at least 20 epochs")
  }

  /// What waits for a number of epochs has to see each of them.
  @Test func `measures each epoch where something waits for it`() throws {
    #expect(try Self.fitted("{early-stop: 5}").interval == 1)
    #expect(try Self.fitted("{schedule: plateau}").interval == 1)
  }

  @Test func `tells networks for tables from others`() throws {
    let columns = [NetworkInput(name: "x", kind: .numbers, shape: [4])]
    let image = [NetworkInput(name: "x", kind: .image, shape: [1, 8, 8])]
    let text = [NetworkInput(name: "x", kind: .text, shape: [8], cardinalities: [50])]
    func isDense(_ preset: any Preset, _ inputs: [NetworkInput]) throws -> Bool {
      TrainingFacts(
        try preset.network(for: inputs, outputs: 2),
        on: DatasetDescription(features: [], target: nil)
      ).isDense
    }
    #expect(try isDense(MLPPreset(), columns))
    #expect(try isDense(TabularResNetPreset(), columns))
    #expect(try !isDense(CNNPreset(), image))
    #expect(try !isDense(TransformerPreset(), text))
  }
}

package import Dataset
import Diagnostics
import Glibc
package import Options
package import YAML

/// A recipe with everything chosen that it leaves open.
///
/// The rules were found on some twenty real tables (`pipelines/experiments/compare-defaults.py`): a few thousand steps
/// fit small tables, whatever number of epochs that is; the fewer rows there are, the more weights have to
/// be held back; and an average of the parameters, of which the best epoch is kept, does better than any
/// of them. Networks with convolutions and attention take smaller steps.
package struct FittedRecipe: Hashable, Sendable {
  package var epochs: Int
  package var batch: Int
  package var accumulate: Int
  package var optimizer: OptimizerChoice
  package var schedule: LearningRateSchedule
  package var gradientClip: GradientClip?
  package var average: Double?
  package var earlyStop: Int?
  package var keepsBest: Bool
  /// How many epochs lie between two measurements on the validation split.
  package var interval: Int
  package var checkpoint: TimeSpan
  /// Whether values between layers are computed again for gradients; nil where memory decides.
  package var checkpointsActivations: Bool?
  /// What was chosen.
  package private(set) var choices: [Choice] = []

  /// A value that the recipe left open, and why it is what it is.
  package struct Choice: Hashable, Sendable {
    /// The setting's name.
    package let name: String
    package let value: String
    package let reason: String

    /// In a sentence.
    package var line: String { "\(name) \(value): \(reason)" }
  }

  package init(_ recipe: TrainingRecipe, for facts: TrainingFacts) {
    let rule = Rule(for: facts)
    var choices: [Choice] = []
    func chosen<Setting: OptionValue>(
      _ name: String, _ setting: Automatic<Setting>, _ value: Setting, _ text: String,
      _ reason: String
    ) -> Setting {
      if let fixed = setting.fixed { return fixed }
      choices.append(Choice(name: name, value: text, reason: reason))
      return value
    }
    let rows = facts.rows.counted("training row")
    batch = chosen(
      TrainingRecipe.batchKey, recipe.batch, rule.batch, "\(rule.batch)", "it fits \(rows)")
    accumulate = recipe.accumulate
    let steps = max(1, Self.steps(of: facts.rows, batch: batch, accumulate: accumulate))
    let epochs = min(max((rule.steps + steps - 1) / steps, rule.leastEpochs), Rule.mostEpochs)
    self.epochs = chosen(
      "epochs", recipe.epochs, epochs, "\(epochs)",
      "with \(steps.counted("step")) each they come to \((steps * epochs).counted("step")), where "
        + "\(rule.steps) are wanted for \(rule.network) and at least "
        + rule.leastEpochs.counted("epoch"))
    optimizer = chosen(
      "optimizer", recipe.optimizer, OptimizerChoice(rule.optimizer),
      "adamw with a learning rate of \(rule.optimizer.moments.learningRate) and a weight decay of "
        + "\(rule.optimizer.moments.weightDecay)",
      "they suit \(rule.network)" + (rule.decaysByRows ? " and \(rows)" : ""))
    schedule = recipe.schedule
    gradientClip = recipe.gradientClip
    let average = chosen(
      "ema", recipe.average, rule.average, "\(rule.average)",
      rule.average > 0
        ? "an average of the parameters suits \(rule.network)"
        : "\(rule.network) keep their last parameters")
    self.average = average > 0 ? average : nil
    earlyStop = recipe.earlyStop
    let keep = chosen(
      "keep", recipe.keep, facts.hasValidation ? .best : .last,
      facts.hasValidation ? "best" : "last",
      facts.hasValidation
        ? "there is a validation split that tells" : "there is no validation split that tells")
    keepsBest = keep == .best || earlyStop != nil
    // What waits for a number of epochs looks at each of them.
    let waits = earlyStop != nil || schedule.rule is Plateau
    let interval = waits ? 1 : (self.epochs + Rule.mostMeasurements - 1) / Rule.mostMeasurements
    if interval > 1, facts.hasValidation {
      self.interval = chosen(
        "evaluate-every", recipe.interval, interval, "\(interval)",
        "\(Rule.mostMeasurements) measurements tell the best epoch")
    } else {
      self.interval = recipe.interval.fixed ?? interval
    }
    checkpoint = recipe.checkpoint
    checkpointsActivations = recipe.activationCheckpointing.fixed
    self.choices = choices
  }

  /// Whether the number of rows in a batch was left open.
  package var choosesBatch: Bool { choices.contains { $0.name == TrainingRecipe.batchKey } }

  /// The same steps, give or take some rows, by smaller batches, the gradients of several of which are
  /// averaged for each.
  ///
  /// - Parameter rows: The most in a batch.
  package func dividing(into rows: Int) -> FittedRecipe {
    guard rows < batch else { return self }
    var divided = self
    divided.batch = rows
    divided.accumulate = accumulate * ((batch + rows / 2) / rows)
    return divided
  }

  /// The optimizer steps of a training on a dataset.
  package func steps(on dataset: Dataset) -> Int {
    epochs * Self.steps(of: dataset[.train]?.rows ?? 0, batch: batch, accumulate: accumulate)
  }

  /// The optimizer steps of one epoch.
  private static func steps(of rows: Int, batch: Int, accumulate: Int) -> Int {
    let batches = (rows + batch - 1) / batch
    return (batches + accumulate - 1) / accumulate
  }

  /// What was chosen by name, for `metrics.json`.
  package var chosen: Value {
    .object(
      Dictionary(choices.map { ($0.name, .string($0.value)) }, uniquingKeysWith: { $1 }))
  }

  /// All that a training depends on.
  var value: Value {
    var value: Value = [
      "epochs": .int(epochs), "batch": .int(batch), "accumulate": .int(accumulate),
      "optimizer": optimizer.value, "schedule": schedule.value, "keeps-best": .bool(keepsBest),
      "interval": .int(interval),
    ]
    value["gradient-clip"] = gradientClip?.value
    value["ema"] = average.map(Value.double)
    value["early-stop"] = earlyStop.map(Value.int)
    return value
  }
}

extension FittedRecipe {
  /// What suits a network and a number of rows.
  private struct Rule {
    /// The network's kind, in the plural.
    let network: String
    /// The optimizer steps that are wanted.
    let steps: Int
    let leastEpochs: Int
    let batch: Int
    let optimizer: AdamW
    let average: Double
    let decaysByRows: Bool

    static let mostEpochs = 1000
    static let mostMeasurements = 200

    init(for facts: TrainingFacts) {
      let learnsTable = facts.isDense && !facts.goesOn
      network =
        facts.goesOn
        ? "trained networks"
        : facts.isDense
          ? "networks without convolutions and attention"
          : "networks with convolutions or attention"
      steps = facts.goesOn ? 1000 : facts.isDense ? 4000 : 2000
      leastEpochs = facts.goesOn ? 5 : 20
      let exponent = log2(Double(max(facts.rows, 1)) / 20).rounded()
      batch = min(max(Int(exp2(max(exponent, 0))), 16), facts.isDense ? 256 : 64)
      var rule = AdamW()
      if learnsTable {
        rule.moments.learningRate = 0.01
        let share = facts.isLinear ? 0 : min(200 / Double(max(facts.rows, 1)), 1)
        rule.moments.weightDecay = max((share * 1000).rounded() / 1000, 0.01)
      }
      optimizer = rule
      average = learnsTable ? 0.99 : 0
      decaysByRows = learnsTable && !facts.isLinear
    }
  }
}

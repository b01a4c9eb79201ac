internal import Artifacts
package import Diagnostics
package import Pipeline
package import YAML

/// What became of one stage instance in one run.
package struct StageRecord: Codable, Sendable {
  package enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
    /// Its output was there already.
    case fresh
    case ran, failed, skipped, cancelled
  }

  package var address: String
  package var stage: String
  package var kind: String
  package var describe: String
  package var settings: Value

  /// The addresses of all instances that it waited for.
  package var dependencies: [String]

  /// Those of them that it reads only because the model that it is given was made from them; `nil` in
  /// records of programs that did not tell them apart.
  package var lineage: [String]?

  /// The addresses of the instances that filled each role, where that was decided.
  package var inputs: [String: [String]] = [:]

  /// The planner's choices with their reasons.
  package var plan: Value
  package var outcome: Outcome

  /// Why it ran or was skipped.
  package var reason: String?
  package var problems: [Diagnostic] = []
  package var warnings: [Diagnostic] = []

  /// What its training measured after each epoch; `nil` where it did not train in this run.
  package var measured: [StageMeasurement]?

  /// Its result, where it succeeded.
  package var result: StageResult?

  /// Whether the result was made after the run's end, which only an older program left behind: it kept
  /// one result for each key, and a later run replaced this one's.
  package var isReplaced = false

  /// The seconds that the stage took in this run; `nil` where it did not run, or that is not known any
  /// more.
  package var seconds: Double? {
    outcome == .ran && !isReplaced && result?.origin.acceptance == nil ? result?.seconds : nil
  }

  /// The result is kept for itself, because runs that take it up share it.
  private enum CodingKeys: CodingKey {
    case address, stage, kind, describe, settings, dependencies, lineage, inputs, plan, outcome
    case reason, problems, warnings, measured
  }

  package init(
    address: String, stage: String, kind: String, describe: String = "", settings: Value = [:],
    dependencies: [String] = [], plan: Value = [:], outcome: Outcome, result: StageResult? = nil
  ) {
    self.address = address
    self.stage = stage
    self.kind = kind
    self.describe = describe
    self.settings = settings
    self.dependencies = dependencies
    self.plan = plan
    self.outcome = outcome
    self.result = result
  }
}

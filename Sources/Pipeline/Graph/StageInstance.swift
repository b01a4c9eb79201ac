package import Diagnostics
package import YAML

/// A stage with one combination of matrix values: what the planner plans and the runner runs.
///
/// It never changes, and being a class it costs nothing to hand on.
package final class StageInstance: Sendable {
  /// `stage`, or `stage@name=value` where a matrix is involved.
  package let address: String

  /// The stage's name in the file.
  package let stage: String

  package let kind: String
  package let revision: Int
  package let coordinates: Coordinates
  package let settings: StageSettings

  /// What fills each role, in the order of the file where there are several.
  package let inputs: [String: [StageInput]]

  /// What `when` says, naming instances, with the variables' values in it.
  package let condition: Condition?
  package let conditionRange: SourceRange?
  package let requests: StageRequests
  package let describe: String

  /// The absolute path of the folder to which paths in the settings are relative: that of the file in
  /// which the stage is written.
  package let directory: String

  /// The root of the instance's random streams: the same for every instance of a stage, so that only
  /// the matrix makes them differ.
  package let seed: UInt64

  /// Where the stage's name stands, for messages about the stage as a whole.
  package let range: SourceRange

  /// The instances that it waits for because it reads files that they write.
  package let fileDependencies: [FileDependency]

  /// The addresses of all instances that have to be through before this one begins, sorted.
  package let dependencies: [String]

  init(
    address: String, stage: String, kind: String, revision: Int, coordinates: Coordinates,
    settings: StageSettings, inputs: [String: [StageInput]], condition: Condition?,
    conditionRange: SourceRange?, requests: StageRequests, describe: String, directory: String,
    seed: UInt64, range: SourceRange, fileDependencies: [FileDependency] = []
  ) {
    self.address = address
    self.stage = stage
    self.kind = kind
    self.revision = revision
    self.coordinates = coordinates
    self.settings = settings
    self.inputs = inputs
    self.condition = condition
    self.conditionRange = conditionRange
    self.requests = requests
    self.describe = describe
    self.directory = directory
    self.seed = seed
    self.range = range
    self.fileDependencies = fileDependencies
    let read = inputs.values.joined().flatMap(\.dependencies) + fileDependencies.map(\.writer)
    dependencies = Set(read + (condition?.metricReferences.map(\.stage) ?? [])).sorted()
  }

  /// The dependencies that only offer something to choose from, so that it can do without one of them.
  package var alternatives: Set<String> {
    let (picked, read) = inputs.values.joined().reduce(into: (Set<String>(), Set<String>())) {
      if case .only = $1.choice {
        $0.1.formUnion($1.dependencies)
      } else {
        $0.0.formUnion($1.dependencies)
      }
    }
    let tested = condition?.metricReferences.map(\.stage) ?? []
    return picked.subtracting(read).subtracting(tested)
      .subtracting(fileDependencies.map(\.writer))
  }

  /// The dependencies that the pipeline does not name for this stage: it reads them because the model
  /// that it is given was made from them.
  package var lineage: [String] {
    let inputs = inputs.values.joined()
    let named = inputs.filter { !$0.isLineage }.flatMap(\.dependencies)
    let asked = condition?.metricReferences.map(\.stage) ?? []
    return Set(inputs.flatMap(\.dependencies)).subtracting(named + asked).sorted()
  }

  /// The same instance, which waits for others because of files too.
  func waiting(for files: [FileDependency]) -> StageInstance {
    StageInstance(
      address: address, stage: stage, kind: kind, revision: revision, coordinates: coordinates,
      settings: settings, inputs: inputs, condition: condition, conditionRange: conditionRange,
      requests: requests, describe: describe, directory: directory, seed: seed, range: range,
      fileDependencies: files)
  }

  /// Whether a condition that asks for no metrics keeps it from ever running.
  package var isRuledOut: Bool {
    guard let condition, condition.metricReferences.isEmpty else { return false }
    return (try? condition.holds()) == false
  }

  /// Whether the stage runs, as far as `when` decides.
  ///
  /// - Parameter metrics: the metrics of an upstream instance, or `nil` where it was skipped.
  package func isWanted(metrics: (_ address: String) -> Value?) throws(Diagnostic) -> Bool {
    guard let condition else { return true }
    do {
      return try condition.holds(metrics: metrics)
    } catch {
      throw Diagnostic(
        "the condition of stage '\(address)' has no outcome: \(error.message)", at: conditionRange,
        remedy: error.remedy)
    }
  }
}

package import Diagnostics
package import YAML

/// One stage to be run: plain data that crosses the border between processes.
package struct StageJob: Codable, Sendable {
  /// The address of the stage instance, such as `teacher` or `teacher@depth=20`.
  package var stage: String

  /// The name of the stage's kind in the catalog.
  package var kind: String

  /// The settings after interpolation, as the kind's `Settings` encode themselves.
  package var settings: Value

  /// The artifacts that fill each role, in the order the pipeline names them.
  package var inputs: [String: [JobInput]]

  /// The empty directory that the stage fills with its artifact.
  package var output: String

  /// A directory that outlives a killed attempt of the same work.
  package var checkpoints: String

  /// The directory of the pipeline file, to which paths in settings are relative.
  package var directory: String

  /// The root of the stage's random streams, already specific to the stage.
  package var seed: UInt64

  package var resources: Resources

  /// The worker's place where several do the job together, or `nil` where one does.
  package var rank: WorkerRank?

  /// The names of environment variables whose values are masked in all that it says.
  package var secrets: [String] = []

  /// Whether nothing is done, and what stands in the user's folder is taken for what the stage would make.
  package var takesStanding = false

  /// What becomes of what it logs.
  package var log = LogKeeping()

  /// Places in the pipeline that failures point at, by names of the kind's own choosing.
  package var places: [String: SourceRange]

  package init(
    stage: String, kind: String, settings: Value, inputs: [String: [JobInput]], output: String,
    checkpoints: String, directory: String, seed: UInt64, resources: Resources,
    places: [String: SourceRange] = [:]
  ) {
    self.stage = stage
    self.kind = kind
    self.settings = settings
    self.inputs = inputs
    self.output = output
    self.checkpoints = checkpoints
    self.directory = directory
    self.seed = seed
    self.resources = resources
    self.places = places
  }

  /// The single artifact that fills an optional role, if there is one.
  package func input(_ role: String) -> JobInput? {
    inputs[role]?.first
  }

  /// The single artifact that fills a required role.
  ///
  /// - Throws: a `Diagnostic` when nothing fills it, which the graph has already refused.
  package func requiredInput(_ role: String) throws(Diagnostic) -> JobInput {
    guard let input = input(role) else {
      throw Diagnostic("stage '\(stage)' was given nothing for the role '\(role)'")
    }
    return input
  }

  /// The absolute form of a path that a pipeline names relative to its file.
  package func path(_ relative: String) -> String {
    relative.hasPrefix("/") ? relative : directory + "/" + relative
  }
}

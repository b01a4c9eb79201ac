package import Diagnostics
package import Options
package import YAML

/// A kind of stage: what a pipeline may write under its name, and what running it does.
///
/// Conforming types are caseless enums. `prepare` and `run` are called in a worker, everything else in
/// the `anneal` process, which opens no native library.
package protocol Stage: Sendable {
  associatedtype Settings: OptionValue

  /// The key that selects the kind in a pipeline.
  static var kind: String { get }

  /// Raised whenever the same settings and inputs may give another result than before.
  static var revision: Int { get }

  /// The revision of these settings, where a change made a difference to some only.
  static func revision(of settings: Settings) -> Int

  /// One sentence on what the stage does.
  static var summary: String { get }

  static var inputs: [Role] { get }

  /// What the stage leaves behind; `output(of:)` where the settings decide it.
  static var output: ArtifactKind { get }

  /// A short pipeline fragment for the reference, the mapping of one stage without its name.
  static var example: String { get }

  static func output(of settings: Settings) -> ArtifactKind

  /// The roles that these settings open, where they differ from `inputs`.
  static func inputs(of settings: Settings) -> [Role]

  /// Finds mistakes that single fields cannot see. Quick, and without any native library.
  ///
  /// - Parameters:
  ///   - node: the settings as written, for places.
  ///   - directory: the directory of the pipeline file.
  static func check(_ settings: Settings, _ node: Node, in directory: String) -> [Diagnostic]

  /// What the settings decide about the artifact, for the stages that read it.
  ///
  /// - Parameters:
  ///   - node: the settings as written, for places.
  ///   - inputs: what is known of what the stage reads.
  static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact]

  /// Finds mistakes that only show beside what is known of the inputs; asked where something is.
  /// Quick, and without any native library.
  ///
  /// - Parameter node: the settings as written, for places.
  static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic]

  /// What the files that are there say about the artifact, and what is wrong with the settings beside
  /// them; asked where no stage before writes these files. Quick, and without any native library where
  /// that can be helped. A fact takes the place of one of its type among `facts`.
  ///
  /// - Parameters:
  ///   - node: the settings as written, for places.
  ///   - directory: the directory of the pipeline file.
  static func look(_ settings: Settings, _ node: Node, in directory: String) -> FileFindings

  /// What is right in each instance of a stage with a matrix, and most likely not meant of all together.
  ///
  /// - Parameters:
  ///   - settings: those of the instances, as encoded.
  ///   - range: where the matrix is written.
  static func remarks(on settings: [Value], at range: SourceRange) -> [Diagnostic]

  /// The path of the setting that only chooses which rows are held out, such as a fold; nil where none does.
  /// Instances that differ in it alone estimate one thing several times, each by rows of its own.
  ///
  /// - Parameter settings: as encoded.
  static func heldOutChoice(in settings: Value) -> [String]?

  /// The metrics that the stage may report, more rather than fewer; nil where nobody knows.
  static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths?

  /// The metrics that stand in files which the stage left when it ran last; nil where there are none. A
  /// hint at names, where `metrics` does not tell them.
  static func lastMetrics(_ settings: Settings, in directory: String) -> MetricPaths?

  /// The keys of the settings below which references to secrets may stand: they stay as they are, and the
  /// stage fills them in where it uses them.
  static var secretKeys: [String] { get }

  /// The keys of the settings on which no result depends, so that they are no part of the stage's key.
  static var incidentalKeys: [String] { get }

  /// The upstream stages that settings name themselves, beside `from`, each with its role.
  ///
  /// - Parameter node: the settings as written, with nothing checked.
  static func references(in node: Node) -> [StageNaming]

  /// Places in the settings that failures of a run point at, by names of the kind's own choosing.
  static func places(_ node: Node) -> [String: SourceRange]

  /// Patterns of the files that the stage reads, relative to the pipeline file. Their content belongs
  /// to the stage's key.
  static func files(_ settings: Settings) -> [String]

  /// Those of the files that have to be there unless another stage makes them. A kind that looks for
  /// its files in `check` names none.
  ///
  /// - Parameter node: the settings as written, for places.
  static func expected(_ settings: Settings, _ node: Node) -> [ReadPattern]

  /// The files and folders that the stage makes beside its artifact. None is made by two stages.
  ///
  /// - Parameter node: the settings as written, for places.
  static func written(_ settings: Settings, _ node: Node) -> [WrittenPath]

  static func workload(_ settings: Settings) -> Workload

  /// Opens libraries that a run uses, in a worker that waits for one; what fails here fails again there,
  /// and is told then.
  static func prepare()

  /// Fills `job.output` and reports metrics.
  static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter) throws
}

extension Stage {
  package static var example: String { "" }

  package static func prepare() {}

  package static func revision(of settings: Settings) -> Int { revision }

  package static func output(of settings: Settings) -> ArtifactKind { output }

  package static func inputs(of settings: Settings) -> [Role] { inputs }

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] { [] }

  package static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] { [] }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] { [] }

  package static func look(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> FileFindings { FileFindings() }

  package static func remarks(on settings: [Value], at range: SourceRange) -> [Diagnostic] { [] }

  package static func heldOutChoice(in settings: Value) -> [String]? { nil }

  package static func metrics(
    _ settings: Settings, reading inputs: KnownInputs
  ) -> MetricPaths? { nil }

  package static func lastMetrics(_ settings: Settings, in directory: String) -> MetricPaths? {
    nil
  }

  package static var secretKeys: [String] { [] }

  package static var incidentalKeys: [String] { [] }

  package static func references(in node: Node) -> [StageNaming] { [] }

  package static func places(_ node: Node) -> [String: SourceRange] { [:] }

  package static func files(_ settings: Settings) -> [String] { [] }

  package static func expected(_ settings: Settings, _ node: Node) -> [ReadPattern] { [] }

  package static func written(_ settings: Settings, _ node: Node) -> [WrittenPath] { [] }

  package static func workload(_ settings: Settings) -> Workload { .light }
}

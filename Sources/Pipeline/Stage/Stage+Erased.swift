package import Diagnostics
internal import Options
package import YAML

extension Stage {
  /// The keys of the settings; nil where these are no mapping of fixed keys.
  static var settingKeys: [String]? { Settings.schema.keys }

  /// Where keys stand that lie below the settings.
  static var deeperKeys: DeeperKeys { .kept(for: Settings.self, Settings.schema) }

  /// Decodes and checks settings, and asks the kind what follows from them.
  ///
  /// - Returns: `nil` when the settings do not decode; the problems are in `diagnostics`. Settings that have
  ///   keys too many decode all the same, but are not checked further.
  package static func resolve(
    _ node: Node, in directory: String, into diagnostics: inout Diagnostics
  ) -> ResolvedSettings? {
    var found = Diagnostics()
    let decoded = Settings.decode(node, into: &found)
    if found.hasErrors {
      let levels = [
        MisplacedKeys.Level(names: TopKeys.all, leading: "stages"),
        MisplacedKeys.Level(names: CommonKeys.names + DeclarationReader.links, leading: kind),
      ]
      found = MisplacedKeys(in: node, Settings.schema, within: levels).explain(found)
    }
    diagnostics.add(contentsOf: found)
    guard let settings = decoded else { return nil }
    if !found.hasErrors { diagnostics.add(contentsOf: check(settings, node, in: directory)) }
    let resolved = StageSettings(
      value: settings.value, incidental: incidentalKeys, revision: revision(of: settings),
      output: output(of: settings),
      inputs: inputs(of: settings),
      files: files(settings), expected: expected(settings, node), written: written(settings, node),
      workload: workload(settings),
      places: places(node))
    return ResolvedSettings(
      settings: resolved, facts: { facts(settings, node, reading: $0) },
      look: { look(settings, node, in: directory) },
      metrics: { metrics(settings, reading: $0) },
      lastMetrics: { lastMetrics(settings, in: directory) },
      problems: { check(settings, node, reading: $0) })
  }

  /// Runs a job whose settings are still encoded.
  package static func run(_ job: StageJob, _ reporter: any StageReporter) throws {
    let place = SourceRange(
      start: SourceLocation(file: "stage \(job.stage)", line: 1, column: 1), length: 1)
    var problems = Diagnostics()
    let settings = Settings.decode(Node(value: job.settings, at: place), into: &problems)
    try problems.throwIfErrors()
    guard let settings else {
      throw Diagnostic("the settings of stage '\(job.stage)' do not decode")
    }
    try run(settings, job, reporter)
  }
}

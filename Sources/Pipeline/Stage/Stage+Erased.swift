package import Diagnostics
internal import Options
package import YAML

extension Stage {
  /// The keys of the settings; nil where these are no mapping of fixed keys.
  static var settingKeys: [String]? { Settings.schema.keys }

  /// Decodes and checks settings, and asks the kind what follows from them.
  ///
  /// - Returns: `nil` when the settings do not decode; the problems are in `diagnostics`.
  package static func resolve(
    _ node: Node, in directory: String, into diagnostics: inout Diagnostics
  ) -> ResolvedSettings? {
    guard let settings = Settings.decode(node, into: &diagnostics) else { return nil }
    for problem in check(settings, node, in: directory) {
      diagnostics.add(problem)
    }
    let resolved = StageSettings(
      value: settings.value, revision: revision(of: settings), output: output(of: settings),
      inputs: inputs(of: settings),
      files: files(settings), expected: expected(settings, node), written: written(settings, node),
      workload: workload(settings),
      places: places(node))
    return ResolvedSettings(settings: resolved, facts: facts(settings, node)) { inputs in
      check(settings, node, reading: inputs)
    }
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

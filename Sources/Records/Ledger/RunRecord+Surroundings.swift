internal import Hardware
internal import Options
internal import Processes

extension RunRecord {
  /// What surrounded the run, as pairs of a name and a text for people; what is unknown is left out.
  package var surroundings: [(name: String, text: String)] {
    let libraries = environment.libraries.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }
    var pairs = [
      ("command line", commandLine), ("trial", environment.trial),
      ("changes", environment.trial.isEmpty ? "" : environment.overrides.joined(separator: ", ")),
      ("profiles", environment.profiles.joined(separator: ", ")),
      ("folder", environment.workingDirectory), ("git", gitText),
      ("anneal", environment.version), ("libraries", libraries.joined(separator: ", ")),
      ("system", environment.system), ("kernel", environment.kernel),
      ("processor", machine.processor), ("instruction set", machine.instructionSet.rawValue),
      ("cores", "\(machine.cores)"), ("memory", ByteCount.rounded(machine.memory)),
    ]
    pairs += machine.accelerators.map { ($0.device.description, $0.name) }
    return pairs.filter { !$0.1.isEmpty }.map { (name: $0.0, text: $0.1) }
  }

  /// The words that asked for the run, as a shell takes them.
  package var commandLine: String {
    guard !environment.arguments.isEmpty else { return "" }
    return (["anneal"] + environment.arguments).map(\.shellQuoted).joined(separator: " ")
  }

  private var gitText: String {
    guard let git = environment.git else { return "" }
    let branch = git.branch.map { " (\($0))" } ?? ""
    let files = git.changes == 1 ? "1 changed file" : "\(git.changes) changed files"
    let state = git.isDirty ? ", \(files): \(git.changed.joined(separator: ", "))" : ", unchanged"
    return git.revision + branch + state
  }
}

internal import Artifacts
internal import Glibc
internal import Pipeline
internal import Records
internal import Stages

/// Where candidates for a word of a command line come from: the pipeline, the store, the folder.
struct CandidateSource {
  /// The pipeline file that the command line names, if any.
  let file: String?
  let profiles: [String]
  let overrides: [String]
  let store: String?

  /// The folder in which the command would work.
  let directory: String?

  private static let mostRuns = 20

  /// - Parameters:
  ///   - kind: what the word is, as help shows it.
  ///   - isStageToo: whether stages may stand where a pipeline does.
  func candidates(for kind: String, typed: String, isStageToo: Bool) -> [Candidate] {
    if let directory, unsafe chdir(directory) != 0 { return [] }
    return switch kind {
    case "PIPELINE": pipelines(typed) + (isStageToo ? stages : [])
    case "DEPLOYMENT": pipelines(typed)
    case "PIPELINE|RUN": pipelines(typed) + runs + stages
    case "STAGE": stages
    case "RUN": runs
    case "PROFILE": document?.profiles.map { Candidate(word: $0) } ?? []
    case "SEARCH":
      document?.searches.map { Candidate(word: $0.name, summary: $0.settings.describe) } ?? []
    case "PATH=VALUE": variables
    case "TAG": tags
    case "SHELL": CompletionScript.Shell.allCases.map { Candidate(word: $0.rawValue) }
    case "TOPIC": topics
    default: []
    }
  }

  private var document: PipelineDocument? {
    let loading = PipelineLoading(file: file, overrides: overrides, profiles: profiles)
    return try? loading.load()
  }

  private var stages: [Candidate] {
    guard let graph = document?.graph else { return [] }
    return graph.stages.flatMap { name in
      let instances = graph.instances.filter { $0.stage == name }
      let summary = instances.first.map { $0.describe.isEmpty ? $0.kind : $0.describe } ?? ""
      let addresses = instances.map(\.address).filter { $0 != name }
      return ([name] + addresses).map { Candidate(word: $0, summary: summary) }
    }
  }

  private var variables: [Candidate] {
    guard let document else { return [] }
    let variables = MetricsText.lines(document.variables).map { name, text in
      Candidate(word: "vars.\(name)=", summary: text)
    }
    return variables + [Candidate(word: "seed=", summary: "\(document.graph.seed)")]
  }

  private var place: RunPlace? { try? RunPlace(store: store, beside: file) }

  private var runs: [Candidate] {
    guard let runs = try? place?.ledger.runs(limit: Self.mostRuns), !runs.isEmpty else { return [] }
    let tags = Set(runs.flatMap(\.tags)).sorted()
    let names = [("last", 0), ("last~1", 1)].filter { $0.1 < runs.count }.map { name, _ in
      Candidate(word: name)
    }
    return names + tags.map { Candidate(word: $0, summary: "a tag") }
      + runs.map { Candidate(word: $0.id, summary: "\($0.pipeline), \($0.status.rawValue)") }
  }

  private var tags: [Candidate] {
    ((try? place?.ledger.tags()) ?? []).map { Candidate(word: $0) }
  }

  private var topics: [Candidate] {
    let commands = CommandLine.commands.filter { !$0.isHidden }
    return StageHelp(.standard).topics.map { Candidate(word: $0) }
      + commands.map { Candidate(word: $0.name, summary: $0.summary) }
  }

  /// The pipeline files and the folders where the typed path has come to.
  private func pipelines(_ typed: String) -> [Candidate] {
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let names = (try? Folder.names(in: folder.isEmpty ? "." : folder)) ?? []
    return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".lock.yaml") }.compactMap { name in
      let path = folder + name
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return Candidate(word: path) }
      let status = try? FileStatus(of: path, following: true)
      return status?.kind == .folder ? Candidate(word: path + "/") : nil
    }
  }
}

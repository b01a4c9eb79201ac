internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Options
internal import Pipeline
internal import Planning
internal import Records
internal import Reports
internal import Running
internal import Search
internal import Tracking
internal import Workers
internal import YAML

/// `anneal search`: makes the trials of a search and writes the best settings down.
struct SearchCommand: Command {
  var file: String?
  var name: String?
  var changes = PipelineChanges()
  var store: String?
  var jobs: Int?
  var trials: Int?
  var timeout: String?
  var anew = false
  var retry = false
  var json = false

  static let name = "search"
  static let summary = "Tries settings of a pipeline, and writes the best ones down as a profile."
  static let discussion =
    "A search stands under 'search' in the pipeline file; see 'anneal help search'. Each trial is a run with "
    + "--set. A search that was stopped or killed goes on where it was, and makes the same trials whatever "
    + "'-j' says. The best trial is written to PIPELINE@NAME.yaml, which 'anneal run --profile NAME' uses."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    argument("SEARCH", \.name, "The search; the only one by default.")
    changeOptions(\.changes)
    storeOption(\.store, insteadOf: .besidePipeline)
    option(
      "jobs", short: "j", \.jobs, "N",
      "The most trials to run at once; what the cores allow by default.")
    option(
      "trials", \.trials, "N", "How many trials to make in all, instead of what the search says.")
    option("timeout", \.timeout, "TIME", "Stop after a time such as 30m; the next call goes on.")
    flag("anew", \.anew, "Begin anew, although there are trials that could be gone on from.")
    flag("retry", \.retry, "Make trials again that failed.")
    flag("json", \.json, "Print the trials as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let (loading, name) = try meaning()
    let limit = try timeout.map { text throws(UsageError) in
      guard let span = TimeSpan(text), span.milliseconds > 0 else {
        throw UsageError(
          "'\(text)' is no value for '--timeout'", remedy: "write a time such as 30m")
      }
      return span.duration
    }
    let read = loading.read(on: console) { () throws(Diagnostics) in
      let document = try loading.load()
      let search = try SearchChoice(document, loading).search(named: name)
      let problems = try loading.searchProblems(in: document, only: search.name)
      console.say(document.graph.warnings, sources: loading.sources(for: document.graph.warnings))
      console.say(problems, sources: loading.sources(for: problems))
      return (document: document, search: search)
    }
    guard let (document, search) = read else { return .wrong }
    let readied = loading.read(on: console) { () throws(Diagnostics) in
      try prepare(search, document.graph, loading)
    }
    guard let (prepared, ledger, remarks) = readied else { return .wrong }
    var request = prepared
    request.timeout = limit ?? search.settings.timeout?.duration
    console.say(ledger.warnings)
    console.say(remarks)
    return try run(request, ledger, on: console)
  }

  private func run(
    _ request: SearchRequest, _ ledger: Ledger, on console: Console
  ) throws -> ExitCode {
    let workers = WorkerPool(launch: .thisExecutable)
    let narrator = SearchNarrator(console, request.spec, jobs: request.jobs)
    let tracker = Tracker(
      request.graph, in: request.store, version: Version.current,
      environment: ProcessInfo.processInfo.environment)
    let ending = InterruptibleTask.run(
      onInterrupt: { console.say("stopping; trials that have ended are kept") },
      onAbort: { console.say("stopped at once; the next search goes on from what is kept") }
    ) { () async -> Result<SearchSummary, any Error> in
      do {
        let runner = SearchRunner(request, executor: workers, ledger: ledger) { event in
          narrator.tell(event)
          tracker?.hear(event)
        }
        let summary = try await runner.run()
        tracker?.end(summary)
        await workers.shutDown()
        request.store.removeTemporaryDirectories()
        return .success(summary)
      } catch {
        await workers.shutDown()
        return .failure(error)
      }
    }
    ledger.close()
    guard let outcome = ending.outcome else { return .interrupted }
    let summary = try outcome.get()
    try SearchConclusion(request, summary, console).write(json: json)
    tracker?.conclude(on: console)
    if summary.wasInterrupted { return ending.wasInterrupted ? .interrupted : .failed }
    return TrialRanking(request.spec).front(of: summary.trials).isEmpty ? .failed : .done
  }

  /// The pipeline and the search that the words mean: a single word may be either.
  private func meaning() throws(UsageError) -> (PipelineLoading, String?) {
    if let file, name == nil, !file.hasSuffix(".yaml"), !file.hasSuffix(".yml"),
      (try? FileStatus(of: file, following: true)) == nil
    {
      return (changes.loading(nil), file)
    }
    return (changes.loading(file), name)
  }

  private func prepare(
    _ search: SearchDeclaration, _ graph: PipelineGraph, _ loading: PipelineLoading
  ) throws(Diagnostics) -> (SearchRequest, Ledger, [Diagnostic]) {
    var spec = SearchSpec(search, in: graph)
    if let trials { spec.trials = trials }
    let opened: (store: Store, ledger: Ledger)
    do throws(Diagnostic) {
      let store = try Store(opening: PipelinePath.store(named: store, beside: graph.file))
      opened = (store, try Ledger(opening: store))
    } catch {
      throw Diagnostics(error)
    }
    let means = SearchMeans(search, graph, loading)
    let plan = try means.plan(graph)
    var request = SearchRequest(
      name: search.name, spec: spec, graph: graph, store: opened.store, source: means)
    request.describe = search.settings.describe
    request.threads = search.settings.threads
    request.watched = search.watched?.metric
    request.isAnew = anew
    request.retriesFailed = retry
    request.invocation = Invocation(
      version: Version.current, arguments: Array(ProcessInfo.processInfo.arguments.dropFirst()),
      overrides: changes.overrides, profiles: changes.profiles)
    let (jobs, remarks) = means.jobs(asked: jobs, plan, width: SearchCourse(spec).width)
    request.jobs = jobs
    return (request, opened.ledger, remarks)
  }
}

/// Finds the search that a word names.
struct SearchChoice {
  private let document: PipelineDocument
  private let file: String

  init(_ document: PipelineDocument, _ loading: PipelineLoading) {
    self.document = document
    file = document.graph.file
  }

  func search(named name: String?) throws(Diagnostics) -> SearchDeclaration {
    let names = document.searches.map(\.name)
    if let name {
      if let found = document.searches.first(where: { $0.name == name }) { return found }
      let near = nearestName(to: name, in: names)
      throw Diagnostics(
        Diagnostic(
          "'\(file)' has no search '\(name)'",
          remedy: near.map { .didYouMean($0) } ?? Note(Self.listing(names))))
    }
    guard let only = document.searches.first, names.count == 1 else {
      throw Diagnostics(
        Diagnostic(
          names.isEmpty ? "'\(file)' has no search" : "'\(file)' has \(names.count) searches",
          remedy: names.isEmpty
            ? "write one: search: {best: {maximize: STAGE.validation.accuracy, over: {…}}}; see "
              + "'anneal help search'" : "name one of \(names.joined(separator: ", "))"))
    }
    return only
  }

  private static func listing(_ names: [String]) -> String {
    names.isEmpty
      ? "it has none; see 'anneal help search'" : "it has \(names.joined(separator: ", "))"
  }
}

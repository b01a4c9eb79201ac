internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Pipeline
internal import Planning
internal import Records
internal import Reports
internal import Running
internal import Tracking
internal import Workers
internal import YAML

/// `anneal run`: runs what is not up to date.
struct RunCommand: Command {
  var file: String?
  var stages: [String] = []
  var changes = PipelineChanges()
  var store: String?
  var jobs: Int?
  var downstream = false
  var until: [String] = []
  var dryRun = false
  var stageLogs: [String] = []
  var wholeLogs = false
  var keepGoing = false
  var force = false
  var locked = false
  var tags: [String] = []
  var json = false

  /// That what stands in the folder is taken for what the named stages would make.
  var acceptance: ResultOrigin.Acceptance?

  static let name = "run"
  static let summary = "Runs the stages of a pipeline that are not up to date."
  static let discussion =
    "Stages whose settings, inputs and files did not change are not run again. A run that was "
    + "stopped goes on where it was. The results are recorded in NAME.lock.yaml beside the pipeline, "
    + "those of a profile in NAME@PROFILE.lock.yaml; a run with --set leaves these files alone. "
    + "A STAGE is a name, an instance such as teacher@depth=20, or a pattern such as 't*'."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    arguments("STAGE", \.stages, "Stages to bring up to date; all by default.")
    changeOptions(\.changes)
    storeOption(\.store, insteadOf: .besidePipeline)
    option("jobs", short: "j", \.jobs, "N", "The most stages to run at once.")
    flag("downstream", \.downstream, "Bring what depends on the named stages up to date too.")
    option("until", \.until, "STAGE", "Leave out what does not lead to this stage.")
    flag("dry-run", short: "n", \.dryRun, "Say what would run and why; nothing runs or changes.")
    option("stage-log", \.stageLogs, "STAGE", "Show the log of these stages while they run.")
    flag(
      "whole-logs", \.wholeLogs,
      "Keep logs whole; of long ones otherwise the beginning and the end are kept, 2 MiB each.")
    flag(
      "keep-going", short: "k", \.keepGoing,
      "Go on with what does not need a failed stage; a pick takes the best of what succeeded.")
    flag(
      "force", short: "f", \.force,
      "Run the named stages, or all, although they are up to date.")
    flag("locked", \.locked, "Fail if anything comes out otherwise than the lock file says.")
    option("tag", \.tags, "TAG", "Give the run a tag by which it can be found again.")
    flag("json", \.json, "Print what each stage did as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    for tag in tags { try RunTag.check(tag) }
    let named = NamedStages(file, stages)
    let loading = changes.loading(named)
    let selection = StageSelection(named.stages, includesDownstream: downstream, until: until)
    let files = dryRun ? nil : digests(loading)
    let read = loading.read(on: console) { () throws(Diagnostics) in
      let graph = try loading.load(digesting: files).graph
      console.say(graph.warnings, sources: loading.sources(for: graph.warnings))
      return (graph: graph, shown: try chosen(from: graph, selection))
    }
    guard let (graph, shown) = read else { return .wrong }
    if acceptance != nil {
      let root = PipelinePath.store(named: store, beside: graph.file)
      let problems = Diagnostics(
        try AcceptanceCheck(graph, of: named.stages).problems(store: root))
      console.say(problems, sources: loading.sources(for: problems))
      guard problems.isEmpty else { return .wrong }
    }
    if dryRun { return tellOfDryRun(graph, selection, loading, console) }
    let readied = loading.read(on: console) { () throws(Diagnostics) in
      let all = console.verbosity == .verbose || console.redraws
      return try prepare(
        graph, selection, following: all ? Set(graph.instances.map(\.address)) : shown, files)
    }
    guard let prepared = readied else { return .wrong }
    console.say(prepared.ledger.warnings)
    let workers = WorkerPool(launch: .thisExecutable)
    let narrator = RunNarrator(
      console, logsIn: prepared.request.store.layout, logging: shown
    ) { loading.sources(for: $0) }
    let tracker = Tracker(
      graph, in: prepared.request.store, version: Version.current,
      environment: ProcessInfo.processInfo.environment)
    let ticker = console.redraws ? ProgressTicker(narrator.display) : nil
    defer { ticker?.stop() }
    let ending = InterruptibleTask.run(
      onInterrupt: { narrator.display.sayOverEcho("stopping; what has finished is kept") },
      onAbort: {
        narrator.display.close()
        narrator.display.sayOverEcho("stopped at once; the next run resumes from what had finished")
      }
    ) {
      let runner = Runner(prepared.request, executor: workers, ledger: prepared.ledger)
      let summary = await runner.run { event in
        narrator.tell(event)
        tracker?.hear(event)
      }
      await workers.shutDown()
      prepared.request.store.removeTemporaryDirectories()
      return summary
    }
    prepared.ledger.close()
    guard let summary = ending.outcome else { return .interrupted }
    let settings = Dictionary(
      prepared.request.graph.instances.map { ($0.address, $0.settings.value) }
    ) { first, _ in first }
    conclude(summary, settings, loading, console)
    tracker?.conclude(on: console)
    switch summary.status {
    case .succeeded: return .done
    case .differed: return .differs
    case .refused: return .wrong
    case .cancelled: return .interrupted
    case .failed, .running, .interrupted: return ending.wasInterrupted ? .interrupted : .failed
    }
  }

  /// What is known of files from earlier runs; nil where that cannot be told yet.
  private func digests(_ loading: PipelineLoading) -> FileDigests? {
    guard let path = try? loading.path() else { return nil }
    let root = PipelinePath.store(named: store, beside: path)
    return try? FileDigests(cache: StoreLayout(root: root).digests)
  }

  private func tellOfDryRun(
    _ graph: PipelineGraph, _ selection: StageSelection, _ loading: PipelineLoading,
    _ console: Console
  ) -> ExitCode {
    let code = loading.read(on: console) { () throws(Diagnostics) in
      let dry = try DryRun(
        graph, selection, isForced: force, lockedTo: locked ? invocation : nil, store: store)
      console.say(dry.differences, sources: loading.sources(for: dry.differences))
      return dry.tell(console, json: json)
    }
    return code ?? .wrong
  }

  private var invocation: Invocation {
    Invocation(
      version: Version.current, arguments: Array(ProcessInfo.processInfo.arguments.dropFirst()),
      overrides: changes.overrides, profiles: changes.profiles)
  }

  /// Checks the words that name stages, and returns those whose logs are to be shown.
  private func chosen(
    from graph: PipelineGraph, _ selection: StageSelection
  ) throws(Diagnostics) -> Set<String> {
    do throws(Diagnostic) {
      if downstream, selection.targets.isEmpty {
        throw Diagnostic(
          "'--downstream' needs a stage to begin with",
          remedy: "name one, as in: anneal run \(graph.file) STAGE --downstream")
      }
      _ = try graph.selected(by: selection)
      return try graph.addresses(named: stageLogs)
    } catch {
      throw Diagnostics(error)
    }
  }

  private func prepare(
    _ graph: PipelineGraph, _ selection: StageSelection, following logs: Set<String>,
    _ files: FileDigests?
  ) throws(Diagnostics) -> (request: RunRequest, ledger: Ledger) {
    let opened: (store: Store, ledger: Ledger, history: LedgerHistory)
    do throws(Diagnostic) {
      let store = try Store(opening: PipelinePath.store(named: store, beside: graph.file))
      let ledger = try Ledger(opening: store)
      opened = (store, ledger, try ledger.history(of: graph))
    } catch {
      throw Diagnostics(error)
    }
    let machine = Machine.current()
    let planner = Planner(
      machine: machine, history: opened.history,
      accelerators: InstalledAccelerators(machine).devices)
    var request = RunRequest(graph: graph, plan: try planner.plan(graph), store: opened.store)
    request.selection = selection
    request.wantsDetails = json
    request.keepsGoing = keepGoing
    request.isForced = force
    request.acceptance = acceptance
    request.isLocked = locked
    request.followedLogs = logs
    request.keepsWholeLogs = wholeLogs
    request.jobs = jobs
    request.invocation = invocation
    request.tags = tags
    let store = opened.store
    request.digests = files
    request.page = { RunPage($0, $1, in: store).html }
    return (request, opened.ledger)
  }

  private func conclude(
    _ summary: RunSummary, _ settings: [String: Value], _ loading: PipelineLoading,
    _ console: Console
  ) {
    console.say(summary.problems, sources: loading.sources(for: summary.problems))
    let table = RunTable(summary, settings: settings)
    if json {
      console.write(table.value)
    } else if summary.didNothing {
      let standing = summary.standing
      console.say(
        "nothing to do: \(IdleText.of(fresh: standing.fresh, skipped: standing.skipped))")
    } else if !summary.stages.isEmpty, console.verbosity != .quiet {
      console.write(table.table)
    }
    let time = TimeText.text(seconds: summary.seconds)
    let isGood = summary.status == .succeeded
    let status = summary.status.rawValue
    let shown = isGood ? console.style.green(status) : console.style.red(status)
    console.say("\(shown) after \(time)")
    if let report = summary.reportPath { console.say("report: \(report)") }
  }
}

/// How the stages stand where a run has nothing to do.
enum IdleText {
  /// Such as `every stage is up to date` or `3 stages are up to date, 1 is skipped`.
  static func of(fresh: Int, skipped: Int) -> String {
    guard skipped > 0 else { return "every stage is up to date" }
    guard fresh > 0 else { return "every stage is skipped" }
    return "\(fresh) \(fresh == 1 ? "stage is" : "stages are") up to date, "
      + "\(skipped) \(skipped == 1 ? "is" : "are") skipped"
  }
}

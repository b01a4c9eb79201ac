internal import Artifacts
internal import Diagnostics
internal import Hardware
internal import Pipeline
internal import Records
internal import Running
internal import Workers
internal import YAML

/// `anneal verify`: runs locked stages again and compares what comes out bit for bit.
struct VerifyCommand: Command {
  var file: String?
  var stages: [String] = []
  var changes = PipelineChanges()
  var store: String?
  var json = false

  static let name = "verify"
  static let summary = "Runs locked stages again and compares the results bit for bit."
  static let discussion =
    "Each stage runs under the numerics that NAME.lock.yaml records, with its recorded inputs from "
    + "the store, and leaves its artifact in a temporary folder. A command runs where it always does, "
    + "in the folder of its file: its outputs there are put back afterwards as they were, and anything "
    + "else that it does stays done. Inputs that are not in the store are made again first. Files that hold times, such as the measurements of an accelerate stage, are left out and named."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    arguments("STAGE", \.stages, "Stages to verify; all by default, locked or not.")
    changeOptions(\.changes)
    storeOption(\.store, insteadOf: .besidePipeline)
    flag("json", \.json, "Print the verdicts as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let named = NamedStages(file, stages)
    let loading = changes.loading(named)
    guard let read = loading.readLocked(naming: named.stages, on: console) else { return .wrong }
    let locked = read.pipeline
    var wanted = read.named
    let (graph, lockPath) = (locked.graph, locked.lockPath)
    guard let lock = locked.lock else {
      console.say([
        Diagnostic("there is no lock file '\(lockPath)'", remedy: "'anneal run' writes it")
      ])
      return .wrong
    }
    let coverage = try LockCoverage(of: graph, by: lock, at: lockPath)
    if named.stages.isEmpty { wanted = coverage.locked }
    let missing = named.stages.isEmpty ? coverage.missing : []
    let store = try Store(opening: PipelinePath.store(named: store, beside: graph.file))
    let ledger = try Ledger(opening: store)
    let workers = WorkerPool(launch: .thisExecutable)
    let chosen = wanted
    let ending = InterruptibleTask.run(onInterrupt: { console.say("stopping") }) {
      let outcome: Result<[VerificationResult], any Error>
      do {
        let verifier = try Verifier(
          graph, lock: lock, lockPath: lockPath, store: store, ledger: ledger,
          machine: .current(), executor: workers, engine: InstalledLibraries().engine,
          comparison: { FileComparison($0, $1).sentences }
        ) { event in
          switch event {
          case .warning(let warning): console.say([warning])
          case .started(let address): console.say("  \(address): runs again")
          case .finished: break
          }
        }
        outcome = .success(try await verifier.verify(chosen))
      } catch {
        outcome = .failure(error)
      }
      await workers.shutDown()
      return outcome
    }
    ledger.close()
    guard let outcome = ending.outcome, !ending.wasInterrupted else { return .interrupted }
    return conclude(try outcome.get() + missing, console)
  }

  private func conclude(_ verdicts: [VerificationResult], _ console: Console) -> ExitCode {
    let isConfirmed = verdicts.allSatisfy(\.isConfirmed)
    if json {
      console.write(
        [
          "verified": .bool(isConfirmed), "stages": .array(verdicts.map(\.value)),
        ] as Value)
    } else {
      for verdict in verdicts { console.write(Self.text(verdict)) }
      let count = verdicts.count { $0.isConfirmed }
      console.say("\(count) of \(verdicts.count) stages came out as they are locked")
    }
    return isConfirmed ? .done : .differs
  }

  private static func text(_ verdict: VerificationResult) -> String {
    let word =
      switch verdict.outcome {
      case .same: "the same, bit for bit"
      case .measured: "the same, apart from times"
      case .differs: "differs"
      case .unchecked: "could not be verified"
      }
    let lines = verdict.facts + verdict.remarks
    return (["\(verdict.address): \(word)"] + lines.map { "  " + $0 }).joined(separator: "\n")
  }
}

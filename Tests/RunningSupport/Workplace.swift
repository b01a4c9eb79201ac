internal import Processes
internal import Artifacts
internal import Commands
internal import Foundation
package import Hardware
package import Pipeline
internal import Planning
package import Records
internal import Reports
package import Running
internal import Synchronization
internal import TestSupport

/// A folder with a pipeline, its data and its store, removed with the test.
package final class Workplace {
  package let folder: String
  package var store: String { folder + "/.anneal" }

  package static let chain = """
    pipeline: chain
    stages:
      raw: {load: {csv: a.csv}}
      tidy: {from: raw, clean: [drop]}
      model: {from: tidy, train: {epochs: 3}}
    """

  package init(_ pipeline: String = chain) throws {
    folder = FileManager.default.temporaryDirectory.path + "/running-\(UUID().uuidString)"
    try Folder.create(folder)
    try write("p.yaml", pipeline)
    try write("a.csv", "a,b\n1,2\n")
  }

  deinit {
    try? Folder.remove(folder)
  }

  package func write(_ name: String, _ text: String) throws {
    try Folder.replaceFile(folder + "/" + name, with: Array(text.utf8))
  }

  package func text(_ name: String) throws -> String {
    String(decoding: try Folder.contents(of: folder + "/" + name), as: UTF8.self)
  }

  package func ledger() throws -> Ledger { try Ledger(opening: try Store(opening: store)) }

  /// Takes a file of `Tests/References` into the folder.
  package func copyReference(_ name: String, to new: String) throws {
    let references = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "References")
    let bytes = try Folder.contents(of: references.appending(path: name).path)
    try Folder.replaceFile(folder + "/" + new, with: bytes)
  }

  /// Runs git in the folder, as somebody whose settings do not count.
  package func git(_ words: String...) throws {
    let finished = try FinishedProgram(
      running: "/usr/bin/env",
      [
        "git", "-C", folder, "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org",
      ] + words,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
      ])
    guard finished.ending == .exited(0) else { throw CocoaError(.executableLoad) }
  }

  package func graph(set overrides: [String] = []) throws -> PipelineGraph {
    try PipelineDocument(
      reading: folder + "/p.yaml", overrides: overrides, catalog: fakeCatalog
    ).graph
  }

  package func runner(
    _ executor: FakeExecutor, set overrides: [String] = [],
    change: (inout RunRequest) -> Void = { _ in }
  ) throws -> Runner {
    let graph = try graph(set: overrides)
    let store = try Store(opening: store)
    let ledger = try Ledger(opening: store)
    // Damaged records are the run's to find.
    let history: any History = (try? ledger.history(of: graph)) ?? NoHistory()
    let plan = try Planner(machine: Machine(cores: 2, memory: 8 << 30), history: history).plan(
      graph)
    var request = RunRequest(graph: graph, plan: plan, store: store)
    request.page = { RunPage($0, $1, in: store).html }
    change(&request)
    return Runner(request, executor: executor, ledger: ledger)
  }

  package func run(
    _ executor: FakeExecutor, set overrides: [String] = [],
    change: (inout RunRequest) -> Void = { _ in }
  ) async throws -> RunSummary {
    try await runner(executor, set: overrides, change: change).run()
  }

  /// Runs locked stages again, all by default.
  package func verify(
    _ executor: FakeExecutor, _ names: [String]? = nil, set overrides: [String] = [],
    machine: Machine = Machine(cores: 2, memory: 8 << 30, features: ["avx2", "fma"]),
    engine: String? = nil, onEvent: @escaping (VerifyEvent) -> Void = { _ in }
  ) async throws -> [VerificationResult] {
    let graph = try graph(set: overrides)
    let path = LockFile.path(for: graph.file)
    guard let lock = try LockFile(reading: path) else { return [] }
    let store = try Store(opening: store)
    let verifier = try Verifier(
      graph, lock: lock, lockPath: path, store: store, ledger: try Ledger(opening: store),
      machine: machine, executor: executor, engine: engine,
      comparison: { FileComparison($0, $1).sentences }, onEvent: onEvent)
    return try await verifier.verify(
      try names?.flatMap { try graph.instances(named: $0) } ?? graph.instances)
  }

  package func statuses(set overrides: [String] = []) throws -> [String: StageStatus] {
    let stages = try StatusQuery(try graph(set: overrides), store: store).stages()
    return Dictionary(stages.map { ($0.address, $0) }) { first, _ in first }
  }
}

extension RunSummary {
  /// One word for each stage.
  package var words: [String: String] {
    Dictionary(
      stages.map { stage in
        let word =
          switch stage.outcome {
          case .fresh: "fresh"
          case .ran: "ran"
          case .failed: "failed"
          case .skipped: "skipped"
          case .cancelled: "cancelled"
          }
        return (stage.address, word)
      }
    ) { first, _ in first }
  }
}

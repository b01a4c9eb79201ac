import Diagnostics
import Foundation
import Pipeline
import Synchronization
import Testing
import YAML

@testable import Stages

/// What a stage that learns makes after it was stopped and begun again has to be what it would have
/// made undisturbed, to the bit.
struct `An interrupted stage` {
  private static let recipe = "epochs: 4, batch: 32, keep: best, ema: 0.9"

  @Test func `goes on with a training`() throws {
    let run = try LearningRun()
    try requireSameFiles(run, Train.self, "{model: {cnn: {channels: [4, 8]}}, \(Self.recipe)}")
  }

  @Test func `goes on with a distillation`() throws {
    let run = try LearningRun()
    _ = try run.run(Train.self, "{model: {mlp: {hidden: [16]}}, epochs: 2}", to: "teacher")
    try requireSameFiles(
      run, Distill.self, "{student: {mlp: {hidden: [8]}}, \(Self.recipe)}",
      ["teacher": ["teacher"], "data": ["stripes"]])
  }

  @Test func `goes on with pruning on its schedule`() throws {
    let run = try LearningRun()
    _ = try run.run(Train.self, "{model: {mlp: {hidden: [16]}}, epochs: 2}", to: "teacher")
    try requireSameFiles(
      run, Clip.self, "{prune: {magnitude: {sparsity: 80%, epochs: 4, batch: 32}}}",
      ["model": ["teacher"], "data": ["stripes"]])
  }

  private func requireSameFiles<Kind: Stage>(
    _ run: LearningRun, _ kind: Kind.Type, _ yaml: String,
    _ inputs: [String: [String]] = ["data": ["stripes"]]
  ) throws {
    _ = try run.run(kind, yaml, to: "made", inputs)
    let whole = try files(in: run.path + "/made")
    for name in ["made", "checkpoints-made"] {
      try FileManager.default.removeItem(atPath: run.path + "/" + name)
    }
    #expect(throws: CancellationError.self) {
      _ = try run.run(kind, yaml, to: "made", inputs, reporter: StoppingReporter(after: "epoch 2:"))
    }
    try FileManager.default.removeItem(atPath: run.path + "/made")
    let reporter = StoppingReporter(after: nil)
    _ = try run.run(kind, yaml, to: "made", inputs, reporter: reporter)
    #expect(reporter.lines.contains("continues after epoch 2"))
    let resumed = try files(in: run.path + "/made")
    #expect(resumed.keys.sorted() == whole.keys.sorted())
    for (name, bytes) in whole { #expect(resumed[name] == bytes, "\(name)") }
  }

  private func files(in folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      files[name] = FileManager.default.contents(atPath: folder + "/" + name)
    }
    return files
  }
}

/// Asks a stage to stop some batches after it has logged a line.
private final class StoppingReporter: StageReporter {
  private struct State {
    var lines: [String] = []
    var asked = 0
  }

  private let beginning: String?
  private let state = Mutex(State())

  init(after beginning: String?) { self.beginning = beginning }

  var lines: [String] { state.withLock(\.lines) }

  var isCancelled: Bool {
    guard let beginning else { return false }
    return state.withLock { state in
      guard state.lines.contains(where: { $0.hasPrefix(beginning) }) else { return false }
      state.asked += 1
      return state.asked > 3
    }
  }

  func progress(_ progress: StageProgress) {}
  func metrics(_ values: Value) {}
  func warn(_ diagnostic: Diagnostic) {}
  func log(_ line: String) { state.withLock { $0.lines.append(line) } }
}

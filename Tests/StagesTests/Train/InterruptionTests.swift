import Diagnostics
import Foundation
import Hardware
import Pipeline
import Synchronization
import Testing
import YAML

@testable import Stages

/// What a stage that learns makes after it was stopped and begun again has to be what it would have
/// made undisturbed, to the bit.
struct `An interrupted stage` {
  private static let recipe = "epochs: 4, batch: 32, keep: best, ema: 0.9, checkpoint: 0s"

  /// All that a training remembers from step to step.
  private static let options = """
    accumulate: 2, early-stop: 3, class-weights: balanced, label-smoothing: 0.1,
    schedule: {plateau: {patience: 1}}, gradient-clip: {norm: 1}, layer-rates: {'stage1.*': 0.5}
    """

  @Test(arguments: [Precision.fp32, .bf16])
  func `goes on with a training on rows that change, with every option`(
    precision: Precision
  ) throws {
    let run = try LearningRun()
    try FileManager.default.createDirectory(
      atPath: run.path + "/varied", withIntermediateDirectories: true)
    let resources = Resources(
      device: .cpu, precision: precision, threads: 1, channelsLast: true,
      instructionSet: .baseline)
    try run.augment("- crop: {padding: 1}\n- noise: {deviation: 0.1}\n- mixup", to: "varied")
    try requireSameFiles(
      run, Train.self,
      "{model: {cnn: {channels: [4, 8], batch-norm: true, dropout: 0.2}}, \(Self.recipe), \(Self.options)}",
      ["data": ["varied"]], resources: resources)
  }

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
    _ inputs: [String: [String]] = ["data": ["stripes"]], resources: Resources? = nil
  ) throws {
    _ = try run.run(kind, yaml, to: "made", inputs, resources: resources)
    let whole = try files(in: run.path + "/made")
    for name in ["made", "checkpoints-made"] {
      try FileManager.default.removeItem(atPath: run.path + "/" + name)
    }
    #expect(throws: CancellationError.self) {
      _ = try run.run(
        kind, yaml, to: "made", inputs, resources: resources,
        reporter: StoppingReporter(after: "epoch 2:"))
    }
    try FileManager.default.removeItem(atPath: run.path + "/made")
    let reporter = StoppingReporter(after: nil)
    _ = try run.run(kind, yaml, to: "made", inputs, resources: resources, reporter: reporter)
    #expect(reporter.lines.contains { $0.hasPrefix("continues after ") })
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

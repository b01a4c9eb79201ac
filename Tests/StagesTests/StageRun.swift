import Diagnostics
import Foundation
import Hardware
import Options
import Pipeline
import Synchronization
import Testing
import YAML

@testable import Dataset
@testable import Stages

/// Runs stages on files in a folder that goes with the test.
final class StageRun {
  let path: String
  let reporter = Collected()

  /// Keeps what a stage reports.
  final class Collected: StageReporter {
    private let state = Mutex(
      (metrics: Value.object([:]), warnings: [Diagnostic](), settled: Resources?.none))
    private let announced = Mutex<MetricPaths?>(nil)

    var metrics: Value { state.withLock(\.metrics) }
    var warnings: [Diagnostic] { state.withLock(\.warnings) }
    var isCancelled: Bool { false }

    func progress(_ progress: StageProgress) {}
    func log(_ line: String) {}
    var settled: Resources? { state.withLock(\.settled) }
    func settle(_ resources: Resources) { state.withLock { $0.settled = resources } }
    func warn(_ diagnostic: Diagnostic) { state.withLock { $0.warnings.append(diagnostic) } }
    func metrics(_ values: Value) {
      state.withLock { $0.metrics = $0.metrics.merging(values) }
      let unannounced = announced.withLock { $0?.unannounced(in: values) } ?? []
      #expect(unannounced.prefix(3) == [], "metrics that the stage's kind does not announce")
    }

    /// Expects what is reported from now on to be among what a kind announces.
    func expect(_ paths: MetricPaths?) { announced.withLock { $0 = paths } }
  }

  init() throws {
    path = NSTemporaryDirectory() + "anneal-stages-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The values of a file in `Tests/References`.
  static func reference(_ name: String) throws -> Value {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../References/\(name).json")
    return try Value(parsingJSON: Data(contentsOf: file))
  }

  /// Loads a table with the columns `x` and `y` and no other split than those of `fold`.
  func loadFolds(_ text: String, _ more: String = "") throws {
    try write("t.csv", text)
    _ = try run(
      Load.self,
      "{csv: t.csv, target: y, task: classification, split: {column: fold}\(more)}", to: "loaded")
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  /// Runs a stage with settings in YAML; its artifact is the folder `name`.
  func run<Kind: Stage>(
    _ kind: Kind.Type, _ yaml: String, to name: String, from input: String? = nil,
    reference: String? = nil, in directory: String? = nil, seed: UInt64 = 7, threads: Int = 1
  ) throws -> Dataset {
    let node = try Node(parsing: yaml, file: "p.yaml")
    let settings = try Kind.Settings.decode(node)
    let directory = directory ?? path
    try Diagnostics(Kind.check(settings, node, in: directory)).throwIfErrors()
    let inputs = ["data": input, "reference": reference].compactMapValues { name in
      name.map { [JobInput(stage: $0, kind: .dataset, directory: path + "/" + $0)] }
    }
    let job = StageJob(
      stage: name, kind: Kind.kind, settings: settings.value, inputs: inputs,
      output: path + "/" + name, checkpoints: path + "/checkpoints", directory: directory,
      seed: seed,
      resources: Resources(
        device: .cpu, precision: .fp32, threads: threads, channelsLast: false,
        instructionSet: .baseline))
    try? FileManager.default.removeItem(atPath: job.output)
    reporter.expect(Kind.metrics(settings, reading: KnownInputs([:])))
    try Kind.run(job, reporter)
    return try Dataset(opening: path + "/" + name)
  }
}

extension Dataset {
  /// All rows of a split.
  func rows(_ split: SplitName) -> Block? {
    self[split].map { $0.block(at: Array(0..<$0.rows)) }
  }

  /// The numbers of a feature in a split.
  func numbers(_ name: String, _ split: SplitName = .train) -> [Float] {
    guard case .float32(let values) = rows(split)?.features[name] else { return [] }
    return values
  }
}

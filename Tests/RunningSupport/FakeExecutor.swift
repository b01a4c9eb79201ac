internal import Artifacts
internal import Hardware
package import Pipeline
internal import Running
internal import Synchronization
package import Workers
package import YAML

/// Does jobs in this process: an artifact is a text made of the settings and of the inputs' texts.
package final class FakeExecutor: JobExecutor {
  package typealias Work = @Sendable (StageJob) async throws -> String

  private let done = Mutex<[String]>([])
  private let metrics: [String: Value]
  private let works: [String: Work]
  private let writesMetrics: Bool
  private let engine: String
  private let settling: Set<String>

  /// - Parameters:
  ///   - metrics: what stages report, by address.
  ///   - works: what stages do instead of the usual, by address; the artifact's text is returned.
  ///   - writesMetrics: whether the artifact holds the metrics too, as a worker leaves it.
  ///   - engine: what the numerics say to have computed.
  ///   - settling: the stages that choose one thread and plain images where that is open.
  package init(
    metrics: [String: Value] = [:], works: [String: Work] = [:], writesMetrics: Bool = false,
    engine: String = "none", settling: Set<String> = []
  ) {
    self.settling = settling
    self.engine = engine
    self.metrics = metrics
    self.writesMetrics = writesMetrics
    self.works = works
  }

  /// The stages that were begun, in their order.
  package var begun: [String] { done.withLock { $0 } }

  package func run(
    _ job: StageJob, log: String, onEvent: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> WorkerResult {
    done.withLock { $0.append(job.stage) }
    onEvent(.progress(StageProgress(unit: "steps", completed: 1, total: 1)))
    let text = try await works[job.stage]?(job) ?? Self.usualText(for: job)
    try Folder.replaceFile(job.output + "/result.txt", with: Array(text.utf8))
    let metrics = metrics[job.stage] ?? [:]
    if writesMetrics {
      try Folder.replaceFile(
        job.output + "/metrics.json", with: Array(metrics.prettyJSON.utf8))
    }
    onEvent(.metrics(metrics))
    let settles = settling.contains(job.stage)
    var settled: Resources?
    if settles, job.resources.open != nil {
      var resources = job.resources
      (resources.open, resources.threads, resources.channelsLast) = (nil, 1, false)
      resources.choice = MeasuredChoice(
        key: job.stage, threads: 1, precision: resources.precision, channelsLast: false,
        figures: "one thread 1 ms, two 2 ms")
      settled = resources
    }
    return WorkerResult(
      metrics: metrics,
      numerics: Numerics(
        engine: engine, instructionSet: .avx2, threads: settles ? 1 : job.resources.threads,
        precision: job.resources.precision, device: .cpu, channelsLast: settles ? false : nil),
      settled: settled, peakMemory: 1 << 20, cpuSeconds: 0.5, seconds: 2)
  }

  private static func usualText(for job: StageJob) throws -> String {
    var text = job.kind + job.settings.canonicalJSON
    for (role, inputs) in job.inputs.sorted(by: { $0.key < $1.key }) {
      for input in inputs {
        let bytes = try Folder.contents(of: input.directory + "/result.txt")
        text += "\n\(role): " + String(decoding: bytes, as: UTF8.self)
      }
    }
    return text
  }
}

internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Pipeline
internal import Scheduling
internal import Synchronization
internal import YAML

/// Sends on what a stage reports, progress no more often than people can read.
final class JobReporter: StageReporter {
  private struct State {
    var metrics: Value = [:]
    /// Progress that waits for its turn.
    var pending: StageProgress?
    var isWaiting = false
    var isClosed = false
    var settled: Resources?
    var written: [DigestedFile] = []
  }

  private static let interval = DispatchTimeInterval.milliseconds(100)

  private let cancellation: Cancellation
  private let mask: SecretMask
  private let send: @Sendable (WorkerMessage) -> Void
  private let writeLog: @Sendable ([UInt8]) -> Void

  /// Whether the runner hears of each line that is logged.
  private let isFollowed: Bool
  private let state = Mutex(State())
  private let timer = DispatchQueue(label: "anneal.reporter")

  init(
    cancellation: Cancellation, isFollowed: Bool = true, masking mask: SecretMask = SecretMask(),
    writeLog: @escaping @Sendable ([UInt8]) -> Void,
    send: @escaping @Sendable (WorkerMessage) -> Void
  ) {
    self.cancellation = cancellation
    self.isFollowed = isFollowed
    self.mask = mask
    self.writeLog = writeLog
    self.send = send
  }

  var isCancelled: Bool { cancellation.isCancelled }

  func progress(_ progress: StageProgress) {
    var progress = progress
    progress.detail = mask.masked(progress.detail)
    state.withLock { state in
      guard !state.isClosed else { return }
      state.pending = progress
      if !state.isWaiting { sendPending(&state) }
    }
  }

  func metrics(_ values: Value) {
    let values = mask.masked(values).withoutZeros
    state.withLock { state in
      guard !state.isClosed else { return }
      state.metrics = state.metrics.merging(values)
      send(.event(.metrics(values)))
    }
  }

  func measured(_ measurement: StageMeasurement) {
    state.withLock { state in
      guard !state.isClosed else { return }
      send(.event(.measured(measurement)))
    }
  }

  func log(_ line: String) {
    let line = mask.masked(line)
    state.withLock { state in
      guard !state.isClosed else { return }
      writeLog(Array((line + "\n").utf8))
      if isFollowed { send(.event(.log(line))) }
    }
  }

  func log(output bytes: [UInt8]) {
    let bytes = mask.masked(bytes[...]).bytes
    state.withLock { state in
      guard !state.isClosed else { return }
      writeLog(bytes)
      guard isFollowed else { return }
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for line in text.hasSuffix("\n") ? lines.dropLast() : lines {
        send(.event(.log(String(line))))
      }
    }
  }

  func warn(_ diagnostic: Diagnostic) {
    let diagnostic = mask.masked(diagnostic)
    state.withLock { state in
      guard !state.isClosed else { return }
      writeLog(Array((diagnostic.description + "\n").utf8))
      send(.event(.warning(diagnostic)))
    }
  }

  func settle(_ resources: Resources) {
    state.withLock { $0.settled = resources }
  }

  func wrote(_ file: DigestedFile) {
    state.withLock { $0.written.append(file) }
  }

  /// The files of which the stage said what they hold.
  var written: [DigestedFile] { state.withLock(\.written) }

  /// What the stage said that it computes with.
  var settled: Resources? { state.withLock(\.settled) }

  /// Sends what waits, takes no more, and returns the merged metrics.
  func close() -> Value {
    state.withLock { state in
      if let pending = state.pending { send(.event(.progress(pending))) }
      state.pending = nil
      state.isClosed = true
      return state.metrics
    }
  }

  /// Sends progress now and what follows soon after it, together.
  private func sendPending(_ state: inout State) {
    guard let pending = state.pending else { return state.isWaiting = false }
    state.pending = nil
    state.isWaiting = true
    send(.event(.progress(pending)))
    timer.asyncAfter(deadline: .now() + Self.interval) {
      self.state.withLock { self.sendPending(&$0) }
    }
  }
}

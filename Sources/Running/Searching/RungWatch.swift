internal import Pipeline
internal import Synchronization

/// Hears what the training of a trial measures, and says when the epoch has come that it was to reach.
final class RungWatch: Sendable {
  private struct State {
    var heard: [Int: Double]
    var stop: (@Sendable () -> Void)?
  }

  private let address: String
  private let split: String
  private let metric: String
  private let epochs: Set<Int>
  private let target: Int?
  private let state: Mutex<State>

  /// - Parameters:
  ///   - path: of the metric in its stage, such as `validation` and `accuracy`.
  ///   - epochs: those at which trials are compared.
  ///   - target: the epoch after which the run is to stop.
  init(_ address: String, _ path: [String], epochs: [Int], target: Int?, heard: [Int: Double]) {
    self.address = address
    split = path.first ?? ""
    metric = path.last ?? ""
    self.epochs = Set(epochs)
    self.target = target
    state = Mutex(State(heard: heard))
  }

  /// Calls `stop` once the epoch has come, at once where it has already.
  func whenReached(_ stop: @escaping @Sendable () -> Void) {
    let isReached = state.withLock { state in
      state.stop = stop
      return target.map { state.heard[$0] != nil } ?? false
    }
    if isReached { stop() }
  }

  /// - Returns: all that is known, where this adds to it.
  func hear(_ stage: String, _ measurement: StageMeasurement) -> [Int: Double]? {
    guard stage == address, measurement.split == split, epochs.contains(measurement.epoch),
      let figure = measurement.values[metric]
    else { return nil }
    let (heard, stop) = state.withLock { state in
      state.heard[measurement.epoch] = figure
      return (state.heard, measurement.epoch == target ? state.stop : nil)
    }
    stop?()
    return heard
  }

  var heard: [Int: Double] { state.withLock(\.heard) }
}

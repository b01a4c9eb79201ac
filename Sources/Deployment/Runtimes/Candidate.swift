package import Hardware
package import YAML

/// One way to run a model.
package struct Candidate: Hashable, Sendable {
  package var engine: RegisteredRuntime
  package var precision: Precision
  package var threads: Int
  /// How many batches run side by side.
  package var streams = 1
  /// Whether images lie with their channels innermost; OpenVINO decides that itself.
  package var isChannelsLast = false
  /// Whether batch norms are folded into the layers before them.
  package var isFolded = true
  package var device = Device.cpu

  package init(
    _ engine: RegisteredRuntime, _ precision: Precision, threads: Int, streams: Int = 1,
    isChannelsLast: Bool = false, isFolded: Bool = true, device: Device = .cpu
  ) {
    self.engine = engine
    self.precision = precision
    self.threads = threads
    self.streams = streams
    self.isChannelsLast = isChannelsLast
    self.isFolded = isFolded
    self.device = device
  }

  /// What decides the result's values: candidates that agree in it have the same accuracy.
  package var arithmetic: Candidate {
    Candidate(
      engine, precision, threads: 1, isChannelsLast: isChannelsLast, isFolded: isFolded,
      device: device)
  }

  /// The candidate with one thread and with half of its threads, as far as these are fewer.
  package var withFewerThreads: [Candidate] {
    Set([1, threads / 2]).sorted().filter { $0 >= 1 && $0 < threads }.map { count in
      var fewer = self
      fewer.threads = count
      return fewer
    }
  }

  package var value: Value {
    var value: Value = [
      "engine": .string(engine.rawValue), "precision": .string(precision.rawValue),
      "threads": .int(threads), "streams": .int(streams), "channels-last": .bool(isChannelsLast),
      "folded": .bool(isFolded),
    ]
    if device != .cpu { value["device"] = .string(device.description) }
    return value
  }
}

extension Candidate: CustomStringConvertible {
  /// For example `OpenVINO int8, 2 threads`.
  package var description: String {
    var text = "\(engine.type.title) \(precision.rawValue)"
    if isChannelsLast { text += " channels-last" }
    if !isFolded { text += " as trained" }
    if device != .cpu { text += " on \(device)" }
    text += ", \(threads) thread\(threads == 1 ? "" : "s")"
    return streams > 1 ? text + ", \(streams) streams" : text
  }
}

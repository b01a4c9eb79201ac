package import Hardware
package import YAML

/// One way to run a model.
package struct Candidate: Hashable, Sendable {
  package enum Engine: String, Hashable, Sendable, CaseIterable {
    case libtorch
    case openVINO = "openvino"

    /// The name as people write it.
    package var title: String {
      switch self {
      case .libtorch: "libtorch"
      case .openVINO: "OpenVINO"
      }
    }
  }

  package var engine: Engine
  package var precision: Precision
  package var threads: Int
  /// How many batches run side by side.
  package var streams = 1
  /// Whether images lie with their channels innermost; OpenVINO decides that itself.
  package var isChannelsLast = false
  /// Whether batch norms are folded into the layers before them.
  package var isFolded = true

  package init(
    _ engine: Engine, _ precision: Precision, threads: Int, streams: Int = 1,
    isChannelsLast: Bool = false, isFolded: Bool = true
  ) {
    self.engine = engine
    self.precision = precision
    self.threads = threads
    self.streams = streams
    self.isChannelsLast = isChannelsLast
    self.isFolded = isFolded
  }

  /// What decides the result's values: candidates that agree in it have the same accuracy.
  package var arithmetic: Candidate {
    Candidate(engine, precision, threads: 1, isChannelsLast: isChannelsLast, isFolded: isFolded)
  }

  package var value: Value {
    [
      "engine": .string(engine.rawValue), "precision": .string(precision.rawValue),
      "threads": .int(threads), "streams": .int(streams), "channels-last": .bool(isChannelsLast),
      "folded": .bool(isFolded),
    ]
  }
}

extension Candidate: CustomStringConvertible {
  /// For example `OpenVINO int8, 2 threads`.
  package var description: String {
    var text = "\(engine.title) \(precision.rawValue)"
    if isChannelsLast { text += " channels-last" }
    if !isFolded { text += " as trained" }
    text += ", \(threads) thread\(threads == 1 ? "" : "s")"
    return streams > 1 ? text + ", \(streams) streams" : text
  }
}

package import Diagnostics

/// A model in OpenVINO with a request for each stream.
package final class OpenVINOEngine: InferenceEngine {
  package let batch: Int
  package var streams: Int { requests.count }
  private let names: [String]
  private let requests: [Slot]

  /// A request on the heap, as arrays hold no values that cannot be copied.
  private final class Slot {
    var request: OpenVINORequest

    init(_ request: consuming OpenVINORequest) { self.request = request }
  }

  /// Reads and compiles the model of a file for batches of one size.
  package init(reading path: String, _ settings: OpenVINOSettings, batch: Int) throws(Diagnostic) {
    let graph = try OpenVINOGraph(reading: path)
    let model = try graph.compile(settings, batch: batch)
    self.batch = batch
    names = try model.inputs().map(\.name)
    var requests: [Slot] = []
    for _ in 0..<settings.streams { requests.append(Slot(try model.request())) }
    self.requests = requests
  }

  package func load(_ inputs: [String: HostArray]) throws {
    for slot in requests { try load(inputs, into: slot) }
  }

  private func load(_ inputs: [String: HostArray], into slot: Slot) throws {
    for (index, name) in names.enumerated() {
      guard let array = inputs[name] else {
        throw Diagnostic(
          "the model reads '\(name)', which was not given",
          remedy: "give \(names.joined(separator: ", "))")
      }
      try slot.request.set(array, at: index)
    }
  }

  package func run() throws {
    if requests.count == 1 { return try requests[0].request.infer() }
    for slot in requests { try slot.request.start() }
    for slot in requests { try slot.request.wait() }
  }

  package func result() throws -> [Float] {
    try requests[0].request.result().floats
  }

  /// Batches run side by side, one in each stream.
  package func predict(_ inputs: [String: HostArray], rows: Int) throws -> [Float] {
    var results: [Float] = []
    for group in stride(from: 0, to: rows, by: batch * requests.count) {
      var started: [(slot: Slot, count: Int)] = []
      for (index, slot) in requests.enumerated() where group + index * batch < rows {
        let start = group + index * batch
        let count = min(batch, rows - start)
        try load(inputs.mapValues { $0.rows(start, count: count, filledTo: batch) }, into: slot)
        try slot.request.start()
        started.append((slot, count))
      }
      for (slot, count) in started {
        try slot.request.wait()
        let values = try slot.request.result().floats
        results += values.prefix(values.count / batch * count)
      }
    }
    return results
  }
}

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
    for (index, name) in names.enumerated() {
      guard let array = inputs[name] else {
        throw Diagnostic(
          "the model reads '\(name)', which was not given",
          remedy: "give \(names.joined(separator: ", "))")
      }
      for slot in requests { try slot.request.set(array, at: index) }
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
}

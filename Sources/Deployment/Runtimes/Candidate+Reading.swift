package import Diagnostics
internal import Hardware
package import YAML

extension Candidate {
  /// Reads what `value` wrote; it is untrusted.
  package init(_ value: Value, file: String) throws(Diagnostic) {
    guard let engine = value["engine"]?.string.flatMap(RegisteredRuntime.init(rawValue:)) else {
      throw Diagnostic(
        "'run.engine' in \(file) is not a known engine",
        remedy: "known are \(RegisteredRuntime.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard let precision = value["precision"]?.string.flatMap(Precision.init(rawValue:)) else {
      throw Diagnostic("'run.precision' in \(file) is not a known precision")
    }
    guard
      let threads = value["threads"]?.int, let streams = value["streams"]?.int,
      (1...4096).contains(threads), (1...4096).contains(streams)
    else { throw Diagnostic("'run' in \(file) lacks threads and streams") }
    let device = value["device"].map { $0.string.flatMap(Device.init) } ?? .cpu
    guard let device, engine.type.runs(on: device) else {
      throw Diagnostic("'run.device' in \(file) is no device that \(engine.type.title) runs on")
    }
    self.init(
      engine, precision, threads: threads, streams: streams,
      isChannelsLast: value["channels-last"]?.bool ?? false,
      isFolded: value["folded"]?.bool ?? true, device: device)
  }
}

package import Diagnostics
internal import Hardware
package import YAML

extension Candidate {
  /// Reads what `value` wrote; nobody vouches for it.
  package init(_ value: Value, file: String) throws(Diagnostic) {
    guard let engine = value["engine"]?.string.flatMap(Engine.init(rawValue:)) else {
      throw Diagnostic(
        "'run.engine' in \(file) is not a known engine",
        remedy: "known are \(Engine.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard let precision = value["precision"]?.string.flatMap(Precision.init(rawValue:)) else {
      throw Diagnostic("'run.precision' in \(file) is not a known precision")
    }
    guard
      let threads = value["threads"]?.int, let streams = value["streams"]?.int,
      (1...4096).contains(threads), (1...4096).contains(streams)
    else { throw Diagnostic("'run' in \(file) lacks threads and streams") }
    self.init(
      engine, precision, threads: threads, streams: streams,
      isChannelsLast: value["channels-last"]?.bool ?? false, isFolded: value["folded"]?.bool ?? true
    )
  }
}

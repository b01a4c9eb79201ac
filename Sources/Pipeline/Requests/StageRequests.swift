package import Diagnostics
package import Options

/// What a stage asks of the planner and the scheduler, with the places to point at where it cannot
/// be had.
package struct StageRequests: Hashable, Sendable {
  /// `nil` stands for `auto` throughout.
  package var device: Requested<DeviceRequest>?
  package var precision: Requested<PrecisionRequest>?
  package var parallelism: Requested<Parallelism>?
  package var threads: Requested<Int>?
  package var memory: Requested<ByteCount>?
  package var timeout: Requested<TimeSpan>?

  /// Whether it runs although its result is there.
  package var always = false
  package var retries = 0

  /// The groups of which only one stage runs at a time, sorted.
  package var mutexes: [String] = []

  package init() {}

  /// A request and where it is written.
  package struct Requested<Wanted: Hashable & Sendable>: Hashable, Sendable {
    package var value: Wanted
    package var range: SourceRange

    package init(_ value: Wanted, at range: SourceRange) {
      self.value = value
      self.range = range
    }
  }
}

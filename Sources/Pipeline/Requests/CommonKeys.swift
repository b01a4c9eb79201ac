package import Diagnostics
package import Options
package import YAML

/// The keys that every stage may have beside the one that names its kind, but for the three that say
/// how stages hang together.
package struct CommonKeys: Options {
  package var device = Automatic<DeviceRequest>.automatic
  package var precision = Automatic<PrecisionRequest>.automatic
  package var parallelism = Automatic<Parallelism>.automatic
  package var threads = Automatic<Int>.automatic
  package var memory = Automatic<ByteCount>.automatic
  package var mutex = OneOrMany<MutexName>([])
  package var always = false
  package var retries = 0
  package var timeout: TimeSpan?
  package var describe = ""

  package init() {}

  package static let title = "Keys of every stage"
  package static let summary = "What a stage may use and how failures are met."

  package static var fields: [Field<Self>] {
    option("device", \.device, "Where the stage computes.")
    option("precision", \.precision, "The number format in which the stage multiplies.")
    option("parallelism", \.parallelism, "The parts that the stage's work is shared between.")
    option("threads", \.threads, in: 1...4096, "The threads that the stage may use.")
    option(
      "memory", \.memory, in: ByteCount(1 << 20)...,
      "The most memory that the stage and the programs it starts may hold; more ends it.")
    option(
      "mutex", \.mutex,
      "Groups that the stage belongs to; of the stages of a group only one runs at a time, in all runs that "
        + "share the store.")
    option(
      "always", \.always,
      "Whether the stage runs in every run, although it is up to date; for what depends on more than its "
        + "settings, inputs and files. What comes after it runs where its output is another one.")
    option("retries", \.retries, in: 0...100, "Further attempts after a failure.")
    option(
      "timeout", \.timeout, in: TimeSpan.seconds(1)...TimeSpan.hours(10 * 365 * 24),
      "The time after which an attempt is ended, counted from when its work begins.")
    option("describe", \.describe, "A sentence for the report.")
  }

  /// The requests with their places in the stage's mapping.
  func requests(in stage: Node) -> StageRequests {
    var requests = StageRequests()
    func requested<Wanted: Hashable>(
      _ key: String, _ value: Wanted?
    ) -> StageRequests.Requested<Wanted>? {
      guard let value, let node = stage[key] else { return nil }
      return StageRequests.Requested(value, at: node.range)
    }
    requests.device = requested("device", device.fixed)
    requests.precision = requested("precision", precision.fixed)
    requests.parallelism = requested("parallelism", parallelism.fixed)
    requests.threads = requested("threads", threads.fixed)
    requests.memory = requested("memory", memory.fixed)
    requests.timeout = requested("timeout", timeout)
    requests.mutexes = Set(mutex.elements.map(\.name)).sorted()
    requests.always = always
    requests.retries = retries
    return requests
  }
}

/// The name of a group of stages that never run at the same time.
package struct MutexName: OptionValue, Hashable {
  package let name: String

  package static var schema: Schema {
    .text(
      Schema.TextForm(name: "name", pattern: "^\(ReferencePattern.name)$", example: "database"))
  }

  package var value: Value { .string(name) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> MutexName? {
    guard let name = String.decode(node, into: &problems) else { return nil }
    if let problem = NameRule.problem(with: name, noun: "group", at: node.range) {
      problems.add(problem)
      return nil
    }
    return MutexName(name: name)
  }
}

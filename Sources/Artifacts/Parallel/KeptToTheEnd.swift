internal import Synchronization

/// Values that stay until the process ends, because to take them apart takes time and gains nothing: what
/// was built to read thousands of stages, in commands that end soon after.
package enum KeptToTheEnd {
  private static let values = Mutex<[any Sendable]>([])

  package static func add(_ value: some Sendable) {
    values.withLock { $0.append(value) }
  }
}

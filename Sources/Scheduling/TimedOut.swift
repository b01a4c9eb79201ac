/// The error of a task whose attempt took longer than allowed.
package struct TimedOut: Error {
  package let limit: Duration
  /// What the body threw as it was stopped.
  package let underlying: any Error
}

/// One try of a task.
package struct Attempt: Sendable {
  /// Counts from 1.
  package let number: Int
  /// Tells the body to stop early; it should return soon after.
  package let cancellation: Cancellation
  /// Counts the time that the attempt may take.
  package let clock: AttemptClock
}

/// What one run of a program took.
struct Measurement: Hashable, Sendable {
  /// Seconds from before its start until it was waited for.
  var wall: Double
  /// Seconds that it and all that it waited for computed, in their own code and in the kernel's.
  var processor: Double
  /// The bytes that the largest process of them held at once.
  var peakMemory: Int
}

/// A demand that the pool could not meet even if nothing else ran.
package struct Shortage: Error, Hashable, Sendable {
  package var resource: String
  package var demanded: Int
  package var capacity: Int
}

/// A feature that is made of arrays, and how their rows become its.
struct ArrayInput: Sendable {
  enum Arrangement: String, Sendable {
    /// The elements in their order; those of several arrays one after the other.
    case asStored
    /// Pictures whose channels vary fastest, which become planes.
    case interleaved
    /// One text, or a number taken for one.
    case codes
  }

  var feature: Feature
  var arrays: [String]
  var arrangement: Arrangement
}

/// Takes a model to the fastest deployment that this machine offers and that keeps its quality, by
/// measuring.
package enum Accelerate {
  package static let summary =
    "Measures the ways to run a model on this machine and writes the best one as a deployment."
}

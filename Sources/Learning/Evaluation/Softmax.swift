internal import Glibc

/// One row of logits as probabilities, computed without overflow.
package struct Softmax {
  private let logits: [Double]
  let logarithmOfSum: Double
  /// The class with the largest logit, the first among equals.
  package let largest: Int

  /// - Parameter row: A logit for each class; all finite, or nothing here means anything.
  package init(_ row: some Collection<Float>) {
    let logits = row.map(Double.init)
    self.logits = logits
    largest = logits.indices.max { logits[$0] < logits[$1] } ?? 0
    let peak = logits.isEmpty ? 0 : logits[largest]
    logarithmOfSum = peak + log(logits.reduce(0) { $0 + exp($1 - peak) })
  }

  /// By class, 1 together.
  package var probabilities: [Double] {
    guard !logits.isEmpty else { return [] }
    let powers = logits.map { exp($0 - logits[largest]) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The cross-entropy where this is the true class, in nats: exact also where the probability is too small
  /// for a number.
  package func loss(of label: Int) -> Double { logarithmOfSum - logits[label] }

  /// How many logits are larger.
  func rank(of label: Int) -> Int { logits.count { $0 > logits[label] } }
}

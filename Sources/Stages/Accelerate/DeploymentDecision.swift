internal import Deployment
internal import Hardware

/// What is deployed and why, told in sentences.
struct DeploymentDecision {
  /// The model as it came in, then everything else that was measured, the last timing of each.
  let measurements: [Measurement]
  let winner: Measurement
  let baseline: Measurement
  let sentences: [String]

  /// - Parameters:
  ///   - coarse: The first measurements, the model as it came in first.
  ///   - fine: The later ones, in the same order.
  ///   - hasNativeInt8: Whether the processor adds 8-bit products in 32 bits.
  init(
    goal: Accelerate.Goal, coarse: [Measurement], fine: [Measurement], hasNativeInt8: Bool
  ) {
    let baseline = fine.first ?? coarse[0]
    let repeated = Set(fine.map(\.candidate))
    self.baseline = baseline
    measurements = fine + coarse.filter { !repeated.contains($0.candidate) }
    let found = WinnerSelection(goal: goal, baseline: baseline).winner(Array(fine.dropFirst()))
    winner = found ?? baseline
    sentences = Self.explain(found, baseline, measurements, hasNativeInt8)
  }

  var isBaseline: Bool { winner.candidate == baseline.candidate }

  private static func explain(
    _ winner: Measurement?, _ baseline: Measurement, _ all: [Measurement], _ hasNativeInt8: Bool
  ) -> [String] {
    var sentences = [outcome(winner, baseline, all.count)]
    for measurement in all {
      if let objection = measurement.objection {
        sentences.append("\(measurement.candidate) was ruled out: it \(objection).")
      }
    }
    let integers = all.filter { $0.candidate.precision == .int8 }
    if integers.isEmpty || winner?.candidate.precision == .int8 { return sentences }
    if integers.contains(where: { $0.objection == nil }) {
      sentences.append("Integers were not faster on this machine, so real weights are deployed.")
    } else if !hasNativeInt8 {
      sentences.append(
        "This processor adds pairs of 8-bit products in 16 bits, which may overflow; "
          + "`range: reduced` in the quantize stage avoids that.")
    }
    return sentences
  }

  private static func outcome(
    _ winner: Measurement?, _ baseline: Measurement, _ count: Int
  ) -> String {
    guard let winner else {
      return "Nothing was surely faster than the model as it came in, so it runs unchanged "
        + "(\(baseline.candidate))."
    }
    return "\(winner.candidate) won among \(count) candidates, the model as it came in "
      + "(\(baseline.candidate)) being one of them."
  }
}

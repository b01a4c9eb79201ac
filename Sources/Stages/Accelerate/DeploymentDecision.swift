internal import Deployment
internal import Diagnostics
internal import Hardware

/// What is deployed and why, told in sentences.
struct DeploymentDecision {
  /// The trained model untouched, then everything else that was measured, the last timing of each.
  let measurements: [Measurement]
  let winner: Measurement
  let baseline: Measurement
  let sentences: [String]
  let isQuantized: Bool

  /// - Parameters:
  ///   - coarse: The first measurements.
  ///   - fine: The later ones, the trained model at its best number of threads first.
  ///   - mayOverflow: Whether sums of the model's integers do not always fit this processor's kernels.
  /// - Throws: A diagnostic where no way to run a quantised model keeps the floor.
  init(
    _ selection: WinnerSelection, coarse: [Measurement], fine: [Measurement], mayOverflow: Bool
  ) throws(Diagnostic) {
    let baseline = fine[0]
    let repeated = Set(fine.map(\.candidate))
    self.baseline = baseline
    isQuantized = selection.isQuantized
    measurements = fine + coarse.filter { !repeated.contains($0.candidate) }
    let found = selection.winner(Array(fine.dropFirst()), beside: baseline)
    guard found != nil || !selection.isQuantized else {
      throw Self.refusal(measurements, selection)
    }
    winner = found ?? baseline
    let computesReal =
      mayOverflow && winner.candidate.engine == .openVINO && winner.candidate.precision == .int8
    sentences =
      Self.explain(winner, baseline, measurements, selection)
      + (computesReal ? [Self.overflow] : [])
  }

  var isBaseline: Bool { winner.candidate == baseline.candidate }

  private static let overflow =
    "This processor adds pairs of 8-bit products in 16 bits, which may overflow, so that OpenVINO computes "
    + "with the real numbers that the integers stand for; 'range: reduced' in the quantize stage lets it "
    + "compute in integers."

  private static func explain(
    _ winner: Measurement, _ baseline: Measurement, _ all: [Measurement],
    _ selection: WinnerSelection
  ) -> [String] {
    var sentences = [outcome(winner, baseline, all.count, selection)]
    for measurement in all {
      if let objection = measurement.objection {
        sentences.append("\(measurement.candidate) was ruled out: it \(objection).")
      }
    }
    let rest = all.dropFirst().filter { $0.objection == nil && !selection.isDeployed($0.candidate) }
    let real = rest.max { $0.timing.throughput < $1.timing.throughput }
    guard selection.isQuantized, let real, real.timing.throughput > winner.timing.throughput else {
      return sentences
    }
    let factor = Rounded.text(real.timing.throughput / winner.timing.throughput, digits: 3)
    sentences.append(
      "Before it was quantised the model runs \(factor) times as fast on this machine "
        + "(\(real.candidate)), in \((real.size + 1023) >> 10) KiB.")
    return sentences
  }

  private static func outcome(
    _ winner: Measurement, _ baseline: Measurement, _ count: Int, _ selection: WinnerSelection
  ) -> String {
    let rows = baseline.timing.rows
    let place = "\(baseline.candidate), \(rows) row\(rows == 1 ? "" : "s") at a time"
    guard winner.candidate != baseline.candidate else {
      return selection.goal == .size
        ? "Nothing was smaller than the trained model, so it runs unchanged (\(place))."
        : "Nothing was surely faster than the trained model, so it runs unchanged (\(place))."
    }
    return "\(winner.candidate) won among \(count) candidates, the trained model untouched "
      + "(\(place)) being one of them."
  }

  /// Why a quantised model is not deployed.
  private static func refusal(
    _ all: [Measurement], _ selection: WinnerSelection
  ) -> Diagnostic {
    let objections = all.filter { selection.isDeployed($0.candidate) }.compactMap { measurement in
      measurement.objection.map { "\(measurement.candidate) \($0)" }
    }
    return Diagnostic(
      "the quantised model falls below the floor of the trained one"
        + (objections.first.map { ": \($0)" } ?? ""),
      remedy: "quantise it with another 'calibration', or let the quantize stage 'keep' the layers "
        + "that it warned of",
      "allow more in 'floor', or deploy the model that was quantised")
  }
}

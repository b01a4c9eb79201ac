internal import Deployment
internal import Diagnostics
internal import Glibc
package import YAML

/// How many times as many rows a second the deployed candidate runs as the baseline does, found in
/// several processes.
package struct Speedup: Hashable, Sendable {
  /// One for each process.
  package let factors: [Double]
  let winner: Candidate
  let baseline: Candidate
  /// Rows in a batch.
  let rows: Int

  /// - Parameter rates: The winner's rows a second in each process, and the baseline's.
  init(
    of winner: Candidate, over baseline: Candidate, rows: Int,
    _ rates: [(winner: Double, baseline: Double)]
  ) {
    factors = rates.map { $0.winner / $0.baseline }.filter { $0.isFinite && $0 > 0 }
    self.winner = winner
    self.baseline = baseline
    self.rows = rows
  }

  /// The model runs as it came in.
  init(ofUnchanged baseline: Candidate, rows: Int) {
    factors = []
    winner = baseline
    self.baseline = baseline
    self.rows = rows
  }

  /// The geometric mean of the factors, 1 where there are none.
  package var factor: Double { exp(mean) }

  /// Where the factor of another process lies with about 95% probability: Student's prediction interval
  /// of the factors' logarithms; just the factor where there are fewer than two.
  package var interval: ClosedRange<Double> {
    let count = factors.count
    guard count > 1 else { return factor...factor }
    let squares = factors.reduce(0) { $0 + (log($1) - mean) * (log($1) - mean) }
    let deviation = (squares / Double(count - 1)).squareRoot()
    let quantile = Self.quantiles[min(count - 2, Self.quantiles.count - 1)]
    let reach = quantile * deviation * (1 + 1 / Double(count)).squareRoot()
    return exp(mean - reach)...exp(mean + reach)
  }

  /// Whether other processes may find the baseline as fast.
  package var isDoubtful: Bool { !factors.isEmpty && interval.lowerBound <= 1 }

  private var mean: Double {
    factors.isEmpty ? 0 : factors.reduce(0) { $0 + log($1) } / Double(factors.count)
  }

  /// The 97.5% quantiles of Student's distribution for 1, 2, … degrees of freedom.
  private static let quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365]

  /// Such as `6.9 (5.8 to 8.1) times the rows/s of libtorch fp32 as trained, 1 thread, 1 row at a time`, as
  /// it is told wherever the factor is; nothing where the model runs as it came in.
  package var words: String? {
    guard !factors.isEmpty else { return nil }
    let text = { (number: Double) in Rounded.text(number, digits: 2) }
    return
      "\(text(factor)) (\(text(interval.lowerBound)) to \(text(interval.upperBound))) times the "
      + "rows/s of \(baseline), \(rows) row\(rows == 1 ? "" : "s") at a time"
  }

  /// The words with what they rest on.
  package var sentence: String {
    guard let words else { return "" }
    return
      "\(winner) runs \(words): measured in \(factors.count) processes, of which a further one would "
      + "find a factor within the brackets with 95% probability."
  }

  package var value: Value {
    var value: Value = [
      "processes": .int(factors.count), "factors": .array(factors.map { .double($0) }),
      "interval": [.double(interval.lowerBound), .double(interval.upperBound)],
      "baseline": .string(baseline.description), "rows": .int(rows),
    ]
    value["words"] = words.map(Value.string)
    return value
  }
}

extension Speedup {
  /// What a person should know before the model is used.
  func warning(about decision: DeploymentDecision) -> Diagnostic? {
    guard !decision.isBaseline else {
      return Diagnostic(
        "nothing ran faster than the trained model untouched", severity: .warning,
        remedy: "the deployment runs it unchanged")
    }
    if factor < 1 {
      return Diagnostic(
        "what is deployed takes \(Rounded.text(1 / factor, digits: 3)) times as long as the "
          + "trained model untouched", severity: .warning,
        remedy: decision.isQuantized
          ? "take the model before the quantize stage where speed counts more than size"
          : "set 'goal: latency' where speed counts more than size")
    }
    guard isDoubtful else { return nil }
    let low = Rounded.text(interval.lowerBound, digits: 2)
    return Diagnostic(
      "\(decision.winner.candidate) may be no faster than the trained model untouched: a process of "
        + "its own may find \(low) times its rate", severity: .warning,
      remedy: "run it again on a machine that does nothing else, or with a larger budget")
  }
}

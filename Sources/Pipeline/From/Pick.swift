package import Diagnostics
package import YAML

/// The choice of the instance whose metric is the largest or the smallest.
package struct Pick: Hashable, Sendable {
  package enum Direction: String, Hashable, Sendable, CaseIterable {
    case max, min
  }

  package let direction: Direction

  /// The metric's path, such as `validation.accuracy`.
  package let metric: String
  package let range: SourceRange

  static let example = "write it as pick: {max: validation.accuracy}"

  static func decode(_ node: Node, into problems: inout Diagnostics) -> Pick? {
    guard let entries = node.mapping, let entry = entries.first, entries.count == 1 else {
      problems.add(
        Diagnostic("'pick' takes one of 'max' and 'min'", at: node.range, remedy: Self.example))
      return nil
    }
    guard let direction = Direction(rawValue: entry.key) else {
      problems.add(
        Diagnostic("unknown choice '\(entry.key)'", at: entry.keyRange, remedy: Self.example))
      return nil
    }
    guard let metric = entry.value.value.string, !metric.isEmpty,
      !metric.split(separator: ".", omittingEmptySubsequences: false).contains("")
    else {
      problems.add(
        Diagnostic(
          "'\(entry.key)' takes the path of a metric", at: entry.value.range, remedy: Self.example))
      return nil
    }
    return Pick(direction: direction, metric: metric, range: entry.value.range)
  }

  /// The first of the instances whose metric is best; those that have no metrics do not count.
  ///
  /// - Parameters:
  ///   - passesDiverged: whether instances count for nothing whose metric is not a number, as long as there
  ///     are others.
  ///   - metrics: the metrics of an instance, or `nil` where it did not run.
  /// - Returns: `nil` when no instance ran.
  /// - Throws: a `Diagnostic` when an instance that ran does not report the metric as a number.
  package func best(
    among addresses: [String], passesDiverged: Bool = false,
    metrics: (_ address: String) -> Value?
  ) throws(Diagnostic) -> String? {
    var best: (address: String, score: Double)?
    var diverged: String?
    for address in addresses {
      guard let all = metrics(address) else { continue }
      guard let score = all.value(atPath: metric)?.double else {
        throw Diagnostic(
          "'\(address)' has no metric '\(metric)' that could be compared", at: range,
          remedy: "'anneal show \(address)' lists what it reports")
      }
      guard !score.isNaN else {
        diverged = diverged ?? address
        continue
      }
      guard let current = best else {
        best = (address, score)
        continue
      }
      if direction == .max ? score > current.score : score < current.score {
        best = (address, score)
      }
    }
    if let diverged, best == nil || !passesDiverged {
      throw Diagnostic(
        "'\(metric)' of '\(diverged)' is not a number, so that nothing can be compared with it",
        at: range,
        remedy: best == nil
          ? "let one of the instances come to a number"
          : "'anneal run --keep-going' picks among the others")
    }
    return best?.address
  }

  /// Whether an instance counts for nothing because its metric is not a number.
  package func isDiverged(_ metrics: Value?) -> Bool {
    metrics?.value(atPath: metric)?.double?.isNaN ?? false
  }
}

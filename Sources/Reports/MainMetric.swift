internal import Pipeline
package import Records
internal import YAML

/// The one number by which runs of a pipeline are told apart: how good the last of their models is on
/// the data that was held out longest. Where none tells that, what the last command says that reports
/// a single number.
package struct MainMetric: Hashable, Sendable {
  /// Such as `test.accuracy`.
  package let name: String
  package let value: Double

  /// How far the value spreads over folds of which it is the mean, and how many there are.
  package var spread: (deviation: Double, folds: Int)? { folds > 0 ? (deviation, folds) : nil }
  private var deviation = 0.0
  private var folds = 0

  /// The measures by which a model is told, the plainest first.
  static let measures = ["accuracy", "subset-accuracy", "rmse", "loss"]
  private static let splits = ["test", "validation"]

  /// - Parameter stages: the stages of a run in their order; those that come to nothing do not count.
  package init?(_ stages: [StageRecord]) {
    if let group = FoldSummary(stages).groups.last(where: { $0.main != nil }), let main = group.main
    {
      (name, value) = (main.path, main.mean)
      (deviation, folds) = (main.deviation, group.folds.count)
      return
    }
    let found =
      stages.reversed().lazy.compactMap { stage in
        stage.result.flatMap { Self.quality(in: $0.metrics) }
      }.first ?? stages.reversed().lazy.compactMap(Self.onlyNumber).first
    guard let found else { return nil }
    (name, value) = found
  }

  /// Such as `test accuracy 97.22%`.
  package var text: String {
    let isShare = name.hasSuffix("accuracy") && (0...1).contains(value)
    let number = isShare ? Figure.percent(value) : Figure.number(value)
    let text = name.replacing(".", with: " ") + " " + number
    guard let spread else { return text }
    let deviation = isShare ? Figure.percent(spread.deviation) : Figure.number(spread.deviation)
    return "\(text) ± \(deviation) over \(spread.folds) folds"
  }

  /// Whether a metric's path ends in one that tells how good a model is.
  package static func tellsQuality(_ path: String) -> Bool {
    splits.contains { split in measures.contains { path.hasSuffix("\(split).\($0)") } }
  }

  /// The number that a command reports, where it is the only one beside those of its files.
  private static func onlyNumber(of stage: StageRecord) -> (name: String, value: Double)? {
    guard stage.kind == "command", let metrics = stage.result?.metrics.object else { return nil }
    let own = metrics.filter { !["files", "bytes"].contains($0.key) }
    let found = numbers(in: .object(own), at: [])
    return found.count == 1 ? found[0] : nil
  }

  private static func numbers(
    in value: Value, at path: [String]
  ) -> [(name: String, value: Double)] {
    if let members = value.object {
      return members.sorted { $0.key < $1.key }.flatMap { numbers(in: $1, at: path + [$0]) }
    }
    return value.double.map { [(path.joined(separator: "."), $0)] } ?? []
  }

  private static func quality(in metrics: Value) -> (name: String, value: Double)? {
    for split in splits {
      for measure in measures {
        guard let value = metrics.value(at: [split, measure])?.double else { continue }
        return ("\(split).\(measure)", value)
      }
    }
    return nil
  }
}

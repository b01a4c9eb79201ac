internal import Pipeline
package import Records
internal import YAML

/// The one number by which runs of a pipeline are told apart: how good the last of their models is on
/// the data that was held out longest.
package struct MainMetric: Hashable, Sendable {
  /// Such as `test.accuracy`.
  package let name: String
  package let value: Double

  /// The measures by which a model is told, the plainest first.
  private static let measures = ["accuracy", "rmse", "loss"]
  private static let splits = ["test", "validation"]

  /// - Parameter stages: the stages of a run in their order; those that come to nothing do not count.
  package init?(_ stages: [StageRecord]) {
    let found = stages.reversed().lazy.compactMap { stage in
      stage.result.flatMap { Self.quality(in: $0.metrics) }
    }.first
    guard let found else { return nil }
    (name, value) = found
  }

  /// Such as `test accuracy 97.22%`.
  package var text: String {
    let isShare = name.hasSuffix("accuracy")
    let number = isShare ? Figure.percent(value) : Figure.number(value)
    return name.replacing(".", with: " ") + " " + number
  }

  /// Whether a metric's path ends in one that tells how good a model is.
  package static func tellsQuality(_ path: String) -> Bool {
    splits.contains { split in measures.contains { path.hasSuffix("\(split).\($0)") } }
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

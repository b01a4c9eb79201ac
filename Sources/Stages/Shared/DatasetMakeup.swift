internal import Dataset
internal import Diagnostics
internal import Network
internal import Pipeline
internal import YAML

/// What the settings of a loading stage, and the files that are there, say about the dataset.
struct DatasetMakeup: ArtifactFact {
  /// The kinds that its features may have.
  let kinds: Set<FeatureKind>

  /// What is learnt from it; nil where values decide.
  let task: RowRequest.Task?

  /// The splits that it has; nil where rows or files tell.
  let splits: Set<SplitName>?

  /// The columns of the table that it is loaded from, where they are known.
  var columns: [String]?

  /// Those of the columns that features are made of, where they are known.
  var featureColumns: [String]?

  /// The features as a network reads them, where settings alone say of all of them what shape they have; of
  /// texts the number of tokens' ids is not known then.
  var inputs: [NetworkInput]?

  var hasImage: Bool { kinds.contains { $0.traits.entry == .trunk } }
}

extension KnownInputs {
  /// What is known of the datasets that may fill a role.
  func makeups(of role: String = "data") -> [DatasetMakeup] { facts(DatasetMakeup.self, of: role) }

  /// That a stage works on images and none of the datasets has one.
  ///
  /// - Parameters:
  ///   - what: What needs an image, such as `the cnn model`.
  ///   - remedy: What to do about it.
  func problem(needingImageFor what: String, at range: SourceRange, remedy: String) -> [Diagnostic]
  {
    let makeups = makeups()
    guard !makeups.isEmpty, makeups.allSatisfy({ !$0.hasImage }) else { return [] }
    return [Diagnostic("\(what) needs an image, and the data has none", at: range, remedy: remedy)]
  }

  /// The metrics of a model on the splits that datasets of the role may have.
  func qualityMetrics(
    on splits: [SplitName] = SplitName.allCases, besides more: MetricPaths = []
  ) -> MetricPaths {
    let makeups = makeups()
    let known: Set<SplitName>? =
      makeups.isEmpty || makeups.contains { $0.splits == nil }
      ? nil : makeups.reduce(into: []) { $0.formUnion($1.splits ?? []) }
    let tasks = Set(makeups.map(\.task))
    let task = tasks.count == 1 ? tasks.first ?? nil : nil
    let quality = MetricPaths.quality(of: task) + more
    return splits.filter { known?.contains($0) ?? true }
      .reduce(MetricPaths(["classes.**"])) { $0 + quality.below($1.rawValue) }
  }
}

extension MetricPaths {
  /// How good the answers of a model are; for every task where it is not known which.
  static func quality(of task: RowRequest.Task?) -> MetricPaths {
    let values: MetricPaths = ["loss", "mae", "rmse", "r2", "not-finite", "outputs.**"]
    let classes: MetricPaths = [
      "loss", "accuracy", "top-5", "balanced-accuracy", "macro-f1", "auroc", "calibration-error",
      "not-finite", "confusion.**",
    ]
    let labels: MetricPaths = [
      "loss", "subset-accuracy", "hamming-loss", "micro-f1", "macro-f1", "auroc",
      "average-precision", "threshold", "not-finite", "labels.**",
    ]
    return switch task {
    case .classification?: classes
    case .regression?: values
    case .multiLabel?: labels
    case RowRequest.Task.none?, nil: classes + values + labels
    }
  }

  /// How a training went.
  static let training = MetricPaths([
    "epochs", "steps", "best-epoch", "training-loss.**", "validation-loss.**", "measures.**",
    "validated-epochs.**", "chosen.*",
  ]).below("training")

  /// How good answers are that know nothing, and those of a linear model.
  static let baselines: MetricPaths = ["baselines.constant.**", "baselines.linear.**"]

  /// How large a network is.
  static let size: MetricPaths = ["parameters", "multiply-accumulates"]
}

package import Dataset
package import Options

/// What a model is measured on, and how often while it is trained.
package struct Evaluate: Options {
  package static let title = "evaluate"
  package static let summary = "What a model is measured on, and how often."
  package static let shorthand: String? = "splits"

  package var splits: [SplitName]?
  package var every = Automatic<Int>.automatic
  package var precision = Precision.fp32

  package init() {}

  /// In what results are computed.
  package enum Precision: String, CaseIterable, NamedOption {
    case fp32, training

    package var summary: String {
      switch self {
      case .fp32: "In full precision."
      case .training: "In that of the training."
      }
    }
  }

  package static var fields: [Field<Self>] {
    EvaluatedSplits.field("splits", \.splits)
    option(
      "every", \.every, in: 1...1_000_000,
      "Epochs between two measurements on the validation split; 'auto' is each, or every so many where there are "
        + "more than 200.")
    option("precision", \.precision, "In what precision results are measured.")
  }
}

package import Options

extension Clean {
  /// What a rule for outliers has to know.
  package struct OutlierSettings: Options {
    package enum Action: String, NamedOption {
      case drop
      case clip
      case mark

      package var summary: String {
        switch self {
        case .drop: "Drop the row, whatever its split."
        case .clip: "Put the bound in its place."
        case .mark: "Make it a missing value, for a step on missing values to treat."
        }
      }
    }

    package var action = Action.clip
    package var threshold: Double?
    package var columns: OneOrMany<Pattern> = []

    package init() {}

    package static let title = "Outlier rule"
    package static let shorthand: String? = "action"

    package static var fields: [Field<Self>] {
      option("action", \.action, "What becomes of an outlier.")
      option("threshold", \.threshold, in: .above(0), "How far is too far.")
      option("columns", \.columns, "The columns to look at; all numbers by default.")
    }
  }
}

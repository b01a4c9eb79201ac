internal import Dataset
package import Options

extension Load {
  /// How rows come to their splits: by fractions, by folds, in the order of time, by a column, or by their
  /// files.
  package struct SplitSettings: Options {
    package var train: Fraction?
    package var validation: Fraction?
    package var test: Fraction?
    package var stratify = false
    package var group: String?
    package var time: String?
    package var gap: Double?
    package var folds: Int?
    package var fold: Int?
    package var column: String?
    package var files: [String: OneOrMany<PathPattern>] = [:]

    package init() {}

    package static let title = "Split"
    package static let summary =
      "Rows are dealt out at random by the seed, 80%, 10% and 10% where nothing is said. Folders of "
      + "images called train, val and test are the splits then, and so are tables of such names."

    package static var fields: [Field<Self>] {
      option("train", \.train, "The part that models and statistics are fitted on.")
      option(
        "validation", \.validation,
        "The part that settings are chosen by; with folds, of the rows that are not tested.")
      option("test", \.test, "The part that is measured at the end.")
      option(
        "stratify", \.stratify,
        "Whether each class or label, or each tenth of a target's values, is split by the same fractions."
      )
      option("group", \.group, "A column whose equal values keep rows in one split.")
      option(
        "time", \.time,
        "A column of dates or numbers: the latest rows are tested on, those before them are validated on."
      )
      option(
        "gap", \.gap, in: .above(0),
        "Rows closer to a later split than this are left out: in days for dates, else as the numbers are."
      )
      option(
        "folds", \.folds, in: 2...1000,
        "Deals rows out to so many parts, of which 'fold' is tested on; in the order of time, each is "
          + "tested on with all rows before it trained on.")
      option(
        "fold", \.fold, in: 1...1000,
        "The part that is tested on, from 1; as a rule ${matrix.fold} of 'matrix: {fold: [1, 2, …]}'."
      )
      option("column", \.column, "A column that holds train, validation or test for each row.")
      option("files", \.files, "The files or folders of each split by its name.")
    }

    package static let rules: [Rule] = [
      .any([
        .all([.usual("column"), .usual("files")]),
        .all((dealingKeys + ["column"]).map { .usual($0) }),
        .all((dealingKeys + ["files"]).map { .usual($0) }),
      ]),
      .whereGiven("time", .all([.usual("group"), .usual("stratify")])),
      .whereGiven("gap", .given("time")),
      .together("folds", "fold"),
      .whereGiven("folds", .all([.usual("train"), .usual("test")])),
      .any([.given("train"), .given("folds"), .all([.usual("validation"), .usual("test")])]),
      .keys(
        of: "files",
        match: "^(?:\(SplitName.allCases.map(\.rawValue).joined(separator: "|")))$"),
    ]

    /// The keys by which rows are dealt out.
    private static let dealingKeys = [
      "train", "validation", "test", "stratify", "group", "time", "gap", "folds", "fold",
    ]

    /// Whether it is said how rows are dealt out.
    var isDealing: Bool {
      train != nil || validation != nil || test != nil || stratify || group != nil || time != nil
        || gap != nil || folds != nil || fold != nil
    }

    /// Whether nothing is said at all.
    var isOpen: Bool { !isDealing && column == nil && files.isEmpty }

    /// How rows are dealt out; nil where rows or files tell themselves.
    var rule: SplitRule? {
      guard column == nil, files.isEmpty else { return nil }
      if let folds {
        return .folds(
          SplitRule.Folds(count: folds, tested: fold ?? 1, validation: validation?.double ?? 0))
      }
      guard train != nil || validation != nil || test != nil else {
        return .fractions(SplitFractions(train: 0.8, validation: 0.1, test: 0.1))
      }
      return .fractions(
        SplitFractions(
          train: train?.double ?? 0, validation: validation?.double ?? 0, test: test?.double ?? 0))
    }

    /// The split of a file by its name, and nil where none of the patterns covers it.
    func split(ofFile name: String) -> SplitName? {
      SplitName.allCases.first { split in
        files[split.rawValue]?.elements.contains { pattern in
          pattern.matches(name) || name.hasPrefix(pattern.text + "/")
        } ?? false
      }
    }
  }
}

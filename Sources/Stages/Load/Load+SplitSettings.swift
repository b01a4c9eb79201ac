internal import Dataset
package import Diagnostics
package import Options
package import YAML

extension Load {
  /// How rows come to their splits: by fractions, by a column, or by their files.
  package struct SplitSettings: Options {
    package var train: Fraction?
    package var validation: Fraction?
    package var test: Fraction?
    package var stratify = false
    package var group: String?
    package var column: String?
    package var files: [String: OneOrMany<PathPattern>] = [:]

    package init() {}

    package static let title = "Split"
    package static let summary =
      "Rows are dealt out at random by the seed, 80%, 10% and 10% where nothing is said. Folders of "
      + "images called train, val and test are the splits then."

    package static var fields: [Field<Self>] {
      option("train", \.train, "The part that models and statistics are fitted on.")
      option("validation", \.validation, "The part that settings are chosen by.")
      option("test", \.test, "The part that is measured at the end.")
      option("stratify", \.stratify, "Whether each class is split by the same fractions.")
      option("group", \.group, "A column whose equal values keep rows in one split.")
      option("column", \.column, "A column that holds train, validation or test for each row.")
      option("files", \.files, "The files or folders of each split by its name.")
    }

    package static let rules: [Rule] = [
      .any([
        .all([.usual("column"), .usual("files")]),
        .all((fractionKeys + ["column"]).map { .usual($0) }),
        .all((fractionKeys + ["files"]).map { .usual($0) }),
      ]),
      .whereGiven("stratify", .usual("group")),
      .any([.given("train"), .all([.usual("validation"), .usual("test")])]),
      .keys(
        of: "files",
        match: "^(?:\(SplitName.allCases.map(\.rawValue).joined(separator: "|")))$"),
    ]

    /// The keys by which rows are split at random.
    private static let fractionKeys = ["train", "validation", "test", "stratify", "group"]

    /// Whether it is said how rows are dealt out by chance.
    var hasFractions: Bool {
      train != nil || validation != nil || test != nil || stratify || group != nil
    }

    /// Whether nothing is said at all.
    var isOpen: Bool { !hasFractions && column == nil && files.isEmpty }

    /// The fractions; nil where rows or files tell themselves.
    var fractions: SplitFractions? {
      guard column == nil, files.isEmpty else { return nil }
      guard train != nil || validation != nil || test != nil else {
        return SplitFractions(train: 0.8, validation: 0.1, test: 0.1)
      }
      return SplitFractions(
        train: train?.double ?? 0, validation: validation?.double ?? 0, test: test?.double ?? 0)
    }

    /// The split of a file by its name, and nil where none of the patterns covers it.
    func split(ofFile name: String) -> SplitName? {
      SplitName.allCases.first { split in
        files[split.rawValue]?.elements.contains { pattern in
          pattern.matches(name) || name.hasPrefix(pattern.text + "/")
        } ?? false
      }
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      nameProblems(settings, node) + ruleProblems(settings, node) + sumProblems(settings, node)
    }

    private static func nameProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let names = SplitName.allCases.map(\.rawValue)
      return settings.files.keys.sorted().filter { !names.contains($0) }.map { name in
        Diagnostic(
          "'\(name)' is no split", at: node["files"]?.range ?? node.range,
          remedy: "splits are \(names.joined(separator: ", "))")
      }
    }

    private static func ruleProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let rules = [settings.hasFractions, settings.column != nil, !settings.files.isEmpty].count {
        $0
      }
      if rules > 1 {
        return [
          Diagnostic(
            "rows are split by more than one rule", at: node.range,
            remedy: "give fractions, or 'column', or 'files'")
        ]
      }
      if settings.stratify && settings.group != nil {
        return [
          Diagnostic(
            "'stratify' and 'group' cannot both hold", at: node.range,
            remedy: "groups decide where whole classes go; remove one of the two")
        ]
      }
      return []
    }

    private static func sumProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
      guard let fractions = settings.fractions else { return [] }
      let sum = fractions.train + fractions.validation + fractions.test
      if abs(sum - 1) > 1e-9 {
        let percent = (sum * 1000).rounded() / 10
        return [
          Diagnostic(
            "the splits add up to \(percent)%", at: node.range, remedy: "make them add up to 100%")
        ]
      }
      if fractions.train == 0 {
        return [Diagnostic("the training split is empty", at: node.range)]
      }
      return []
    }
  }
}

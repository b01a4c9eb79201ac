internal import Dataset
package import Diagnostics
package import Options
package import YAML

extension Load {
  package struct Settings: Options {
    package var csv: OneOrMany<PathPattern>?
    package var images: OneOrMany<PathPattern>?
    package var target: String?
    package var task: Task?
    package var features: [String: FeatureSettings] = [:]
    package var missing: OneOrMany<MissingText> = []
    package var delimiter: Delimiter?
    package var header = true
    package var size: ImageSize?
    package var fit = Fit.cover
    package var color = Color.rgb
    package var split = SplitSettings()
    package var sample: Fraction?
    package var limit: Int?
    package var badRows = BadRowsPolicy.error

    package init() {}

    package static let title = "Load"
    package static let summary = Load.summary

    package static var fields: [Field<Self>] {
      option("csv", \.csv, "CSV or TSV files, plain or gzip; wildcards are allowed.")
      option(
        "images", \.images,
        "Folders of PNG and JPEG files with a folder for each class, or the files themselves.")
      option("target", \.target, "The column to predict; images are predicted by their folder.")
      option(
        "task", \.task,
        "What is learnt; by default text and few whole numbers are classes, other numbers are not.")
      option(
        "features", \.features,
        "The inputs by name; by default every column: numbers together, each category by itself.")
      option("missing", \.missing, "Texts that stand for a missing value, beside empty and NaN.")
      option("delimiter", \.delimiter, "What stands between fields; by default told by file name.")
      option("header", \.header, "Whether the first row of a table names its columns.")
      option("size", \.size, "The side of the pictures in pixels, or [height, width].")
      option("fit", \.fit, "How images of other proportions come to the size.")
      option("color", \.color, "Whether pictures are loaded in colour or grey.")
      option("split", \.split, "Which rows are trained on, chosen by and tested on.")
      option("sample", \.sample, in: .above(0), "The part of the rows to use, chosen at random.")
      option("limit", \.limit, in: 1..., "The most rows to use, the first ones.")
      option("bad-rows", \.badRows, "What becomes of rows and files that cannot be read.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let named = Load.sources.filter { $0.patterns(settings) != nil }
      let keys = Load.sources.map { "'\($0.key)'" }.joined(separator: " or ")
      guard let source = named.first, named.count == 1 else {
        return [
          Diagnostic(
            named.isEmpty ? "nothing is named to load" : "more than one source is named",
            at: node.range, remedy: "give one of \(keys)")
        ]
      }
      return misplaced(settings, source.key, node) + targetProblems(settings, source.key, node)
    }

    /// Settings that mean something for another source only.
    private static func misplaced(
      _ settings: Self, _ source: String, _ node: Node
    ) -> [Diagnostic] {
      let given = settings.value
      let usual = Self().value
      let owners = [
        "csv": ["target", "features", "missing", "delimiter", "header"],
        "images": ["size", "fit", "color"],
      ]
      return owners.sorted { $0.key < $1.key }.filter { $0.key != source }.flatMap { owner, keys in
        keys.filter { given[$0] != usual[$0] }.map { key in
          Diagnostic(
            "'\(key)' has no meaning for '\(source)'", at: node[key]?.range ?? node.range,
            remedy: "remove it; it belongs to '\(owner)'")
        }
      }
    }

    private static func targetProblems(
      _ settings: Self, _ source: String, _ node: Node
    ) -> [Diagnostic] {
      var problems: [Diagnostic] = []
      if source == "csv", settings.target == nil, settings.task != Task.none {
        problems.append(
          Diagnostic(
            "the column to predict is not named", at: node.range,
            remedy: "add 'target: COLUMN', or 'task: none' where nothing is predicted"))
      }
      if source == "images", settings.task == .regression {
        problems.append(
          Diagnostic(
            "folders are classes, not numbers", at: node["task"]?.range ?? node.range,
            remedy: "remove 'task'"))
      }
      if source == "images", settings.split.column != nil || settings.split.group != nil {
        problems.append(
          Diagnostic(
            "images have no columns to split by", at: node["split"]?.range ?? node.range,
            remedy: "split them by fractions or 'files'"))
      }
      if settings.split.stratify, settings.task == .regression || settings.task == Task.none {
        problems.append(
          Diagnostic(
            "there are no classes to stratify by", at: node["split"]?.range ?? node.range,
            remedy: "remove 'stratify'"))
      }
      return problems
    }
  }
}

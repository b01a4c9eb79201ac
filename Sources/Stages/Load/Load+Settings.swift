internal import Artifacts
package import Dataset
package import Diagnostics
package import Options
package import YAML

extension Load {
  package struct Settings: Options {
    package var sources = SourceSettings()
    package var model: PathPattern?
    package var target: OneOrMany<Pattern> = []
    package var task: RowRequest.Task?
    package var separator: String?
    package var weight: String?
    package var features: [String: FeatureSettings] = [:]
    package var split = SplitSettings()
    package var sample: Fraction?
    package var limit: Int?
    package var badRows = BadRows.Policy.error

    package init() {}

    package static let title = "Load"
    package static let summary = Load.summary

    package static var fields: [Field<Self>] {
      SourceSettings.fileFields.map { $0.lifted(to: \.sources) }
      option(
        "model", \.model,
        "The folder of a model that was made before, to go on from; the stage's artifact is the model."
      )
      option(
        "target", \.target,
        "The column to predict, or several by name or pattern; images are predicted by their folder."
      )
      option(
        "task", \.task,
        "What is learnt; by default texts are classes, and whole numbers where they are few and each has "
          + "many rows; several columns are amounts, or labels where they hold 0 and 1.")
      option(
        "separator", \.separator,
        "What stands between the labels of one column, for 'task: multi-label'; found by default.")
      option("weight", \.weight, "A column that says how much each row counts in training.")
      option(
        "features", \.features,
        "The inputs by name; by default every column: numbers together, all others by themselves.")
      SourceSettings.ownFields.map { $0.lifted(to: \.sources) }
      option("split", \.split, "Which rows are trained on, chosen by and tested on.")
      option("sample", \.sample, in: .above(0), "The part of the rows to use, chosen at random.")
      option("limit", \.limit, in: 1..., "The most rows to use, the first ones.")
      option("bad-rows", \.badRows, "What becomes of rows and files that cannot be read.")
    }

    /// What is asked of a source.
    ///
    /// - Parameter search: Finds the folders that features name.
    func request(of source: any Source.Type, _ search: FileSearch) -> RowRequest {
      var request = RowRequest()
      request.patterns = sources.patterns(of: source)
      request.features = features.sorted { $0.key < $1.key }
        .map { $1.declaration(named: $0, search) }
      request.targets = target.elements
      request.separator = separator
      request.weight = weight
      request.time = split.time
      request.isStratified = split.stratify
      request.task = task
      request.group = split.group
      request.split = split.column
      request.isDealtOut = split.isDealing
      return request
    }

    package static var rules: [Rule] {
      let files = SourceCatalog.all.map { $0.key }
      let sources = SourceCatalog.all.map { source in
        Rule.all(
          [.only(source.key, of: files), .usual("model")]
            + foreignKeys(of: source).map { .usual($0.key) }
            + source.rules)
      }
      let model = Rule.all(
        [.given("model")]
          + Self.fields.map(\.name).filter { $0 != "model" }.map { .usual($0) })
      return [.any(sources + [model])]
        + files.flatMap { key -> [Rule] in
          [
            .texts(of: key, match: "^(?![\\s\\S]*://)[\\s\\S]"),
            .texts(of: key, match: PathSlip.plainPattern),
          ]
        }
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let named = settings.sources.named
      if settings.model != nil { return besideModel(settings, node) }
      guard let source = named.first, named.count == 1 else {
        let keys = (SourceCatalog.all.map { $0.key } + ["model"]).map { "'\($0)'" }
          .joined(separator: " or ")
        return [
          Diagnostic(
            named.isEmpty ? "nothing is named to load" : "more than one source is named",
            at: node.range, remedy: "give one of \(keys)")
        ]
      }
      return misplaced(settings, source, node)
        + source.check(settings.sources, settings.request(of: source, FileSearch("")), node)
        + targetProblems(settings, node) + stratifyProblems(settings, node)
        + rootProblems(settings, node)
    }

    /// A separator that parts nothing, and a task for which there are too many columns.
    private static func targetProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
      var problems: [Diagnostic] = []
      if let separator = settings.separator {
        let place = (node["separator"] ?? node).range
        if separator.isEmpty {
          problems.append(
            Diagnostic("nothing cannot stand between labels", at: place, remedy: "write '|'"))
        } else if settings.task != .multiLabel {
          problems.append(
            Diagnostic(
              "only labels have something between them", at: place,
              remedy: "add 'task: multi-label', or remove 'separator'"))
        } else if settings.target.elements.count > 1 {
          problems.append(
            Diagnostic(
              "labels that have a column each have nothing between them", at: place,
              remedy: "remove 'separator'"))
        }
      }
      if settings.target.elements.count > 1, settings.task == .classification {
        problems.append(
          Diagnostic(
            "'target' names several columns, and a class is told by one",
            at: (node["target"] ?? node).range,
            remedy: "write 'task: multi-label' for columns of 0 and 1, or name one column"))
      }
      return problems
    }

    /// Files named by a table that lies beside the pipeline, where everything is.
    private static func rootProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let tables = settings.sources.named.flatMap { settings.sources.patterns(of: $0) }
      guard tables.contains(where: { !$0.text.contains("/") }), !settings.mayHoldFiles else {
        return []
      }
      return settings.features.sorted { $0.key < $1.key }
        .filter { $1.namesFiles && $1.root == nil }
        .map { name, _ in
          Diagnostic(
            "the folder of the files of '\(name)' is not given",
            at: (node["features"]?[name] ?? node).range,
            remedy: "add 'root: FOLDER': whatever is in it belongs to what the stage reads")
        }
    }

    /// Settings that say something of rows, where a model is loaded.
    private static func besideModel(_ settings: Self, _ node: Node) -> [Diagnostic] {
      var rest = settings
      rest.model = nil
      let (given, usual) = (rest.value, Self().value)
      return fields.map(\.name).filter { given[$0] != usual[$0] }.map { key in
        Diagnostic(
          "'\(key)' has no meaning for a model", at: node[key]?.range ?? node.range,
          remedy: "remove it; rows are loaded by a stage of their own")
      }
    }

    /// Settings that mean something for other sources only.
    private static func misplaced(
      _ settings: Self, _ source: any Source.Type, _ node: Node
    ) -> [Diagnostic] {
      let given = settings.value
      let usual = Self().value
      return foreignKeys(of: source).filter { given[$0.key] != usual[$0.key] }.map { key, owner in
        Diagnostic(
          "'\(key)' has no meaning for '\(source.key)'", at: node[key]?.range ?? node.range,
          remedy: "remove it; it belongs to '\(owner)'")
      }
    }

    /// The keys that mean something for other sources only, and the first source that each belongs to.
    private static func foreignKeys(of source: any Source.Type) -> [(key: String, owner: String)] {
      var known = Set(source.keys)
      return SourceCatalog.all.sorted { $0.key < $1.key }.flatMap { owner in
        owner.keys.filter { known.insert($0).inserted }.map { ($0, owner.key) }
      }
    }

    private static func stratifyProblems(_ settings: Self, _ node: Node) -> [Diagnostic] {
      guard settings.split.stratify else { return [] }
      let isSeveral = settings.target.elements.count > 1 && settings.task == .regression
      guard settings.task == RowRequest.Task.none || isSeveral else { return [] }
      return [
        Diagnostic(
          isSeveral
            ? "rows of several amounts have nothing to stratify by"
            : "there is no target to stratify by",
          at: (node["split"]?["stratify"] ?? node["split"] ?? node).range,
          remedy: "remove 'stratify'")
      ]
    }
  }
}

extension Load.Settings {
  /// Whether tables may hold images and sounds themselves, so that there is no folder of them.
  var mayHoldFiles: Bool {
    sources.named.contains { $0.key == ParquetFiles.key || $0.key == ArrowFiles.key }
  }

  /// Whether what is written says how files are read, whatever else is wrong: a look at them would find
  /// mistakes that are none where a delimiter, say, is misspelt.
  func saysHowToRead(_ node: Node) -> Bool {
    let reading: Set<String> = [
      "delimiter", "header", "quote", "decimal", "thousands", "encoding", "skip-rows", "comment",
      "layout", "documents", "missing", "kinds",
    ]
    let (given, usual) = (value, Self().value)
    return (node.mapping ?? []).allSatisfy { entry in
      guard Self.names.contains(entry.key) else {
        let near = nearestName(to: entry.key, in: Array(reading))
        return near == nil && reading.isDisjoint(with: ForeignNames.meanings(of: entry.key))
      }
      // What could not be read is as if it were not there.
      return !reading.contains(entry.key) || given[entry.key] != usual[entry.key]
        || Self.isUsual(entry, usual[entry.key])
    }
  }

  private static func isUsual(_ entry: Node.Entry, _ usual: Value?) -> Bool {
    entry.value.value == usual
  }
}

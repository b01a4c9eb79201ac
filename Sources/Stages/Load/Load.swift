internal import Artifacts
internal import Dataset
package import Diagnostics
internal import Options
package import Pipeline
package import YAML

/// The stage that reads files into a dataset.
package enum Load: Stage {
  package static let kind = "load"
  package static let revision = 5
  package static let summary =
    "Reads a table, arrays, images, sounds or texts into a dataset with training, validation and test "
    + "splits, or takes up a model that was made before."
  package static let inputs = [Role("files", .files, isRequired: false, allowsMany: true)]
  package static let output = ArtifactKind.dataset

  package static let example = """
    load:
      csv: data/digits.csv.gz
      target: digit
      features: {image: {columns: pixel_*, height: 8, width: 8}}
      split: {train: 70%, validation: 10%, test: 20%, stratify: true}
    """

  package static func prepare() { try? DataEngine.open() }

  package static func output(of settings: Settings) -> ArtifactKind {
    settings.model == nil ? .dataset : .model
  }

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    settings.sources.named.flatMap { source in
      let place = node[source.key] ?? node
      return settings.sources.patterns(of: source).enumerated()
        .filter { $1.text.isAddress }
        .map { index, pattern in
          Diagnostic(
            "only files of this machine are loaded, and '\(pattern.text)' is an address",
            at: place.place(ofElement: index),
            remedy: "fetch it in a 'command' stage, and name the file that it writes")
        }
    }
  }

  package static func expected(_ settings: Settings, _ node: Node) -> [ReadPattern] {
    if let model = settings.model {
      return [ReadPattern(model.text, at: (node["model"] ?? node).range, mayBeEmpty: true)]
    }
    let named = settings.sources.named.flatMap { source in
      let place = node[source.key] ?? node
      return settings.sources.patterns(of: source).enumerated().map { index, pattern in
        ReadPattern(pattern.text, at: place.place(ofElement: index), mayBeEmpty: true)
      }
    }
    let roots = settings.features.sorted { $0.key < $1.key }.compactMap { name, feature in
      feature.root.map { root in
        ReadPattern(root, at: (node["features"]?[name]?["root"] ?? node).range, mayBeEmpty: true)
      }
    }
    return named + roots
  }

  package static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] {
    guard settings.model == nil else { return [] }
    let makeup: [any ArtifactFact] = makeup(settings).map { [$0] } ?? []
    return makeup + [Normalizations()]
  }

  package static func look(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> FileFindings {
    if let model = settings.model {
      do throws(Diagnostic) {
        guard var problem = try ModelFolder(model, in: directory).problem() else {
          return FileFindings()
        }
        problem.range = (node["model"] ?? node).range
        return FileFindings(problems: [problem])
      } catch {
        return FileFindings(problems: [error])
      }
    }
    guard let source = settings.sources.named.first, var makeup = makeup(settings),
      settings.saysHowToRead(node)
    else { return FileFindings() }
    let search = FileSearch(directory)
    var problems: [Diagnostic] = []
    for (index, pattern) in settings.sources.patterns(of: source).enumerated() {
      do throws(Diagnostic) {
        // What is missing is told of where a stage's files are expected.
        guard try search.finds(pattern) else { return FileFindings() }
      } catch {
        var problem = error
        problem.range = (node[source.key] ?? node).place(ofElement: index)
        problems.append(problem)
      }
    }
    problems += misplaced(settings, source, search, node)
    guard problems.isEmpty else { return FileFindings(facts: [makeup], problems: problems) }
    let look = source.look(settings.sources, settings.request(of: source, search), search, node)
    makeup.columns = look.columns
    makeup.featureColumns = look.featureColumns
    return FileFindings(facts: [makeup], problems: look.problems)
  }

  /// Files of another kind than that under whose key they are named, the first of each pattern.
  private static func misplaced(
    _ settings: Settings, _ source: any Source.Type, _ search: FileSearch, _ node: Node
  ) -> [Diagnostic] {
    settings.sources.patterns(of: source).enumerated().compactMap { index, pattern in
      let files = (try? search.files([pattern])) ?? []
      var problem = files.lazy.compactMap { SourceCatalog.misplaced($0, under: source.key) }.first
      problem?.range = (node[source.key] ?? node).place(ofElement: index)
      return problem
    }
  }

  private static func makeup(_ settings: Settings) -> DatasetMakeup? {
    settings.sources.named.first.map { source in
      let request = settings.request(of: source, FileSearch(""))
      return DatasetMakeup(
        kinds: source.kinds(request), task: settings.task, splits: splits(settings, of: source),
        inputs: source.inputs(settings.sources, request))
    }
  }

  /// The splits that rows are dealt to; folders of images may be splits where nothing else is said.
  private static func splits(
    _ settings: Settings, of source: any Source.Type
  ) -> Set<SplitName>? {
    guard settings.split.isDealing || source == CSVFiles.self else { return nil }
    let names = settings.sources.patterns(of: source).map(\.text)
    // Files may be splits by their names, and so may those that a wildcard stands for.
    let mayBeSplits =
      settings.split.isOpen
      && names.contains { SplitName(fileNamed: $0) != nil || $0.contains(where: "*?[{".contains) }
    return mayBeSplits ? nil : settings.split.rule.map { Set($0.present) }
  }

  /// That the instances of a matrix leave folds untested.
  package static func remarks(on settings: [Value], at range: SourceRange) -> [Diagnostic] {
    var tested: [Value: Set<Int>] = [:]
    for settings in settings {
      guard let fold = settings.value(at: ["split", "fold"])?.int else { continue }
      var others = settings
      others["split"]?["fold"] = .null
      tested[others, default: []].insert(fold)
    }
    let lacking = tested.compactMap { others, folds -> (missing: [Int], count: Int)? in
      guard let count = others.value(at: ["split", "folds"])?.int, folds.count > 1 else {
        return nil
      }
      let missing = (1...count).filter { !folds.contains($0) }
      return missing.isEmpty ? nil : (missing, count)
    }
    guard let most = lacking.max(by: { $0.missing.count < $1.missing.count }) else { return [] }
    let (missing, count) = most
    let names = missing.prefix(6).map(String.init).joined(separator: ", ")
    let isOne = missing.count == 1
    return [
      Diagnostic(
        "\(isOne ? "fold" : "folds") \(names)\(missing.count > 6 ? ", …" : "") of \(count) "
          + "\(isOne ? "is" : "are") tested by no instance, so that not every row is",
        at: range, severity: .warning,
        remedy:
          "write 'matrix: {fold: [\((1...min(count, 10)).map(String.init).joined(separator: ", "))"
          + "\(count > 10 ? ", …" : "")]}'")
    ]
  }

  package static func heldOutChoice(in settings: Value) -> [String]? {
    settings.value(at: ["split", "folds"])?.int == nil ? nil : ["split", "fold"]
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    guard settings.model == nil else { return ["parameters", "layers"] }
    return [
      "rows", "splits.*.rows", "splits.*.classes.*", "missing.*", "target.name", "target.task",
      "target", "features.*.kind", "features.*.shape.*", "features.*.type", "features.*.categories",
      "features.*.tokens", "bad-rows.count", "bad-rows.listed.*", "remarks.*", "decisions.*",
      "unused", "splits-by", "duplicates.validation", "duplicates.test",
    ]
  }

  package static func files(_ settings: Settings) -> [String] {
    if let model = settings.model { return model.alternatives }
    let tables = settings.sources.named
      .flatMap { settings.sources.patterns(of: $0).flatMap(\.alternatives) }
    // Whatever lies in the folder of files that a column names belongs to the stage's content.
    let roots = settings.features.values.filter(\.namesFiles).flatMap { feature in
      feature.root.map { [$0] } ?? tables.map(\.parentPath)
    }
    // Tables beside the pipeline that need no folder hold the files themselves.
    return tables + Set(roots).filter { $0 != "." || !settings.mayHoldFiles }.sorted()
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    if let model = settings.model {
      try ModelFolder(model, in: job.directory).run(job, reporter)
    } else {
      try LoadRun(settings, job, reporter).run()
    }
  }
}

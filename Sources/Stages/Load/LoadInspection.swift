internal import Dataset
package import Diagnostics
internal import Learning
internal import Network
internal import Options
package import YAML

/// What the files of a load stage hold, found by reading them; no dataset is made.
package struct LoadInspection {
  /// How many `rows` can be used, and a `table` with `headings` about what they hold; both of some rows
  /// where it is `sampled`, which are about a `share` of all, as far as that is known. `decisions` say what
  /// is made of the target where nobody says it.
  package let value: Value

  /// What keeps the stage from loading them, and then what users should know.
  package let problems: [Diagnostic]

  /// - Parameters:
  ///   - settings: As the stage encodes them.
  ///   - directory: The directory of the pipeline file.
  ///   - isWhole: Whether all rows are read, however many there are; otherwise some of many.
  package init(_ settings: Value, in directory: String, isWhole: Bool = true) throws {
    let settings = try Load.Settings.decode(settings, from: "settings")
    if let model = settings.model {
      let features = try ModelFolder(model, in: directory).open().features
      value = [
        "rows": 0, "headings": ["feature", "kind", "shape"],
        "table": .array(
          features.map { feature in
            let shape = feature.shape.map(String.init).joined(separator: "x")
            return [.string(feature.name), .string(feature.kind.traits.noun), .string(shape)]
          }),
      ]
      problems = []
      return
    }
    guard let kind = settings.sources.named.first else {
      throw Diagnostic("nothing is named to load")
    }
    let search = FileSearch(directory)
    let all = try kind.open(settings.sources, settings.request(of: kind, search), search)
    let sample = isWhole ? nil : try all.sampled()
    let opened = sample?.source ?? all
    var errors = settings.badRows == .error ? try Self.errors(in: opened) : []
    // What can be read is shown all the same.
    var source = opened
    var bad = BadRows(.skip)
    let rows = try source.survey(&bad).count
    let overview = try source.overview()
    if rows == 0, errors.isEmpty { errors = [LoadRun.noRows(bad, of: settings.sources)] }
    let decisions = Value.array(source.decisions.map(Value.string))
    let found: Value = [
      "rows": .int(rows), "share": sample?.share.map(Value.double) ?? .null,
      "sampled": .bool(
        sample.map { $0.share != nil || rows + bad.count >= SampledRows.mostFirst } ?? false),
      "headings": .array(overview.headings.map(Value.string)),
      "table": .array(overview.rows.map { .array($0.map(Value.string)) }),
    ]
    value = found.merging(["decisions": decisions])
    let told = Set(errors.map(\.message))
    problems = errors + source.warnings.filter { !told.contains($0.message) }
  }

  private static func errors(in source: any RowSource) throws -> [Diagnostic] {
    var source = source
    var bad = BadRows(.error)
    do {
      _ = try source.survey(&bad)
      try bad.throwIfErrors()
    } catch let problems as Diagnostics {
      return problems.all
    }
    return []
  }
}

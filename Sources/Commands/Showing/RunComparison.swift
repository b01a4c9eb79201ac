internal import Pipeline
internal import Records
internal import Reports
internal import YAML

/// Runs side by side: the settings that differ, metrics, times and surroundings.
struct RunComparison {
  /// One thing that was looked at in every run; `nil` where a run does not have it.
  struct Row {
    let name: String
    let cells: [Value?]

    var differs: Bool { cells.contains { $0 != cells[0] } }

    /// How much more the last run has than the first, where both are numbers.
    var difference: Double? {
      guard case .some(.some(let first)) = cells.first, case .some(.some(let last)) = cells.last,
        let before = first.double, let after = last.double
      else { return nil }
      return after - before
    }
  }

  let runs: [RunRecord]
  private let records: [[StageRecord]]
  private let stages: [[String: StageRecord]]
  private let addresses: [String]

  init(_ runs: [(run: RunRecord, stages: [StageRecord])]) {
    self.runs = runs.map(\.run)
    records = runs.map(\.stages)
    stages = runs.map { run in
      Dictionary(run.stages.map { ($0.address, $0) }) { first, _ in first }
    }
    var seen: Set<String> = []
    addresses = runs.flatMap { $0.stages.map(\.address) }.filter { seen.insert($0).inserted }
  }

  /// What the pipeline says of all stages, then each stage's own.
  var settings: [Row] {
    let seed = Row(name: "seed", cells: runs.map { .int($0.seed) })
    let numerics = Row(name: "numerics", cells: runs.map { .string($0.numerics.rawValue) })
    return ([seed, numerics] + rows { $0.settings }).filter(\.differs)
  }

  /// All numbers among the metrics, those first that tell how good a model is.
  var metrics: [Row] {
    let numbers = rows { $0.result?.metrics ?? [:] }.filter { row in
      row.cells.contains { $0?.double != nil }
    }
    return folds + numbers.filter { MainMetric.tellsQuality($0.name) }
      + numbers.filter { !MainMetric.tellsQuality($0.name) }
  }

  /// The means over folds of what tells how good a model is.
  private var folds: [Row] {
    let means = records.map { stages in
      FoldSummary(stages).groups.flatMap { group in
        group.spreads.filter { MainMetric.tellsQuality("." + $0.path) }.map { spread in
          ("\(group.address).\(spread.path), mean of folds", spread.mean)
        }
      }
    }
    var seen: Set<String> = []
    let names = means.flatMap { $0.map(\.0) }.filter { seen.insert($0).inserted }
    return names.map { name in
      Row(
        name: name,
        cells: means.map { run in run.first { $0.0 == name }.map { .double($0.1) } })
    }
  }

  /// Seconds of each stage that a run did, and of the whole.
  var times: [Row] {
    let each = addresses.map { address in
      Row(
        name: address, cells: stages.map { $0[address]?.seconds.map { .double($0) } })
    }
    return each + [Row(name: "in all", cells: runs.map { $0.seconds.map { .double($0) } })]
  }

  var surroundings: [Row] {
    var seen: Set<String> = []
    let names = runs.flatMap { $0.surroundings.map(\.name) }.filter { seen.insert($0).inserted }
    return names.map { name in
      Row(
        name: name,
        cells: runs.map { run in
          run.surroundings.first { $0.name == name }.map { .string($0.text) }
        })
    }.filter(\.differs)
  }

  private func rows(_ part: (StageRecord) -> Value) -> [Row] {
    addresses.flatMap { address -> [Row] in
      let leaves = stages.map { run in
        run[address].map { Dictionary(Self.leaves(part($0), "")) { first, _ in first } } ?? [:]
      }
      return Set(leaves.flatMap(\.keys)).sorted().map { path in
        Row(name: "\(address).\(path)", cells: leaves.map { $0[path] })
      }
    }
  }

  /// The members at the end of each path; lists count as one.
  private static func leaves(_ value: Value, _ path: String) -> [(String, Value)] {
    guard case .object(let members) = value, !members.isEmpty else {
      return path.isEmpty ? [] : [(path, value)]
    }
    return members.sorted { $0.key < $1.key }.flatMap { key, member in
      leaves(member, path.isEmpty ? key : "\(path).\(key)")
    }
  }

  var value: Value {
    func list(_ rows: [Row]) -> Value {
      .array(
        rows.map { row in
          var value: Value = [
            "name": .string(row.name), "values": .array(row.cells.map { $0 ?? .null }),
          ]
          if let difference = row.difference { value["difference"] = .double(difference) }
          return value
        })
    }
    return [
      "runs": .array(runs.map { RunText.value($0) }), "settings": list(settings),
      "metrics": list(metrics), "times": list(times), "environment": list(surroundings),
    ]
  }

  /// Writes what differs first, and the seconds, which always do, last.
  func write(to console: Console) {
    var lines: [String] = []
    let equal = metrics.count { !$0.differs }
    let sections = [
      ("settings that differ", settings), ("metrics that differ", metrics.filter(\.differs)),
      ("environment that differs", surroundings), ("seconds", times),
    ]
    for (title, rows) in sections {
      lines.append(text(title, rows, within: console.tableWidth))
      if title.hasPrefix("metrics"), equal > 0 {
        lines.append("\(equal) \(equal == 1 ? "metric is" : "metrics are") equal")
      }
      if title.hasPrefix("metrics"), !replaced.isEmpty { lines.append(replaced) }
    }
    console.write(lines.joined(separator: "\n\n"))
  }

  /// Names the results that an older program did not keep apart.
  private var replaced: String {
    let lines = zip(runs, stages).flatMap { run, stages in
      addresses.compactMap { address in
        stages[address].flatMap { $0.isReplaced ? $0.origin : nil }
          .map { "\(run.id), \(address): \($0)" }
      }
    }
    return lines.joined(separator: "\n")
  }

  private func text(_ title: String, _ rows: [Row], within width: Int?) -> String {
    guard !rows.isEmpty else { return title + ": none" }
    let hasDifference = runs.count == 2 && rows.contains { $0.difference != nil }
    let lines = rows.map { row in
      let cells = row.cells.map { $0.map(Self.text) ?? "-" }
      guard hasDifference else { return [row.name] + cells }
      let change = row.difference.map { ($0 > 0 ? "+" : "") + MetricsText.text($0) } ?? ""
      return [row.name] + cells + [change]
    }
    return TextTable(
      headings: [title] + runs.map(\.id) + (hasDifference ? ["difference"] : []), rows: lines
    ).text(within: width)
  }

  private static func text(_ value: Value) -> String {
    if case .double(let number) = value { return MetricsText.text(number) }
    return value.string ?? value.canonicalJSON
  }
}

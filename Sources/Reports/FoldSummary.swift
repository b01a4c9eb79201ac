internal import Pipeline
package import Records
package import YAML

/// What instances of a stage that differ only in the fold that is tested on come to together: the mean of
/// each figure and how far it spreads.
package struct FoldSummary: Sendable {
  /// An instance with what it reports.
  package struct Member: Sendable {
    package let address: String
    let settings: Value
    let metrics: Value?

    /// - Parameter metrics: Nil where it has come to nothing.
    package init(address: String, settings: Value, metrics: Value?) {
      self.address = address
      self.settings = settings
      self.metrics = metrics
    }
  }

  /// A number that all of the instances report.
  package struct Spread: Hashable, Sendable {
    /// Such as `test.accuracy`.
    package let path: String
    /// One for each fold, in the order of the group's.
    package let values: [Double]

    package var mean: Double { values.reduce(0, +) / Double(values.count) }

    /// The standard deviation of a sample, with one less than the number of values below the line.
    package var deviation: Double {
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(max(values.count - 1, 1))).squareRoot()
    }

    /// Such as `97.2% ± 1.1%`.
    package var text: String { "\(Self.text(mean, of: path)) ± \(Self.text(deviation, of: path))" }

    /// A value as it reads in a table.
    package static func text(_ value: Double, of path: String) -> String {
      let isShare = path.hasSuffix("accuracy") || path.hasSuffix("-f1")
      return isShare && (0...1).contains(value) ? Figure.percent(value) : Figure.number(value)
    }
  }

  package struct Group: Sendable {
    /// The instances' address without the fold.
    package let address: String
    /// The name by which the matrix calls the fold.
    package let axis: String
    /// The folds that came to something.
    package let folds: [String]
    package let spreads: [Spread]

    /// The figure by which a model is told.
    package var main: Spread? {
      for split in ["test", "validation"] {
        for measure in MainMetric.measures {
          if let found = spreads.first(where: { $0.path == "\(split).\(measure)" }) { return found }
        }
      }
      return nil
    }

    /// Such as `test accuracy 97.2% ± 1.1% over 5 folds (98%, 96%, …)`.
    package var words: String? {
      main.map { spread in
        let values = spread.values.map { Spread.text($0, of: spread.path) }.joined(separator: ", ")
        return
          "\(spread.path.replacing(".", with: " ")) \(spread.text) over \(folds.count) folds (\(values))"
      }
    }
  }

  /// In the order of their first instances.
  package let groups: [Group]

  package init(_ members: [Member]) {
    let axes = Self.axes(members)
    var order: [String] = []
    var grouped: [String: (axis: String, members: [(fold: String, metrics: Value)])] = [:]
    for member in members {
      guard let metrics = member.metrics else { continue }
      let (stage, coordinates) = Self.parts(of: member.address)
      guard let fold = coordinates.first(where: { axes.contains($0.name) }) else { continue }
      let rest = coordinates.filter { $0.name != fold.name }.map { "\($0.name)=\($0.label)" }
      let address = rest.isEmpty ? stage : "\(stage)@\(rest.joined(separator: ","))"
      if grouped[address] == nil { order.append(address) }
      grouped[address, default: (fold.name, [])].members.append((fold.label, metrics))
    }
    groups = order.compactMap { address in
      guard let (axis, members) = grouped[address], members.count > 1 else { return nil }
      let spreads = Self.spreads(members.map(\.metrics))
      return spreads.isEmpty
        ? nil
        : Group(address: address, axis: axis, folds: members.map(\.fold), spreads: spreads)
    }
  }

  package init(_ stages: [StageRecord]) {
    self.init(
      stages.map { stage in
        Member(
          address: stage.address, settings: stage.settings, metrics: stage.result?.metrics)
      })
  }

  /// The names under which matrices hold the folds that loading stages test on.
  private static func axes(_ members: [Member]) -> Set<String> {
    var byStage: [String: [(fold: String, coordinates: [(name: String, label: String)])]] = [:]
    for member in members {
      guard member.settings.value(at: ["split", "folds"])?.int != nil,
        let fold = member.settings.value(at: ["split", "fold"])?.int
      else { continue }
      let (stage, coordinates) = parts(of: member.address)
      byStage[stage, default: []].append(("\(fold)", coordinates))
    }
    return Set(
      byStage.values.compactMap { instances in
        let names = (instances.first?.coordinates ?? []).map(\.name).filter { name in
          instances.allSatisfy { instance in
            instance.coordinates.contains { $0.name == name && $0.label == instance.fold }
          }
        }
        return names.first { $0 == "fold" } ?? names.first
      })
  }

  /// A stage's name and its matrix values, from `stage@name=value,other=value`.
  private static func parts(
    of address: String
  ) -> (stage: String, coordinates: [(name: String, label: String)]) {
    let parts = address.split(separator: "@", maxSplits: 1).map(String.init)
    let coordinates = parts.dropFirst().first.map { $0.split(separator: ",") } ?? []
    return (
      parts.first ?? address,
      coordinates.map { coordinate in
        let sides = coordinate.split(separator: "=", maxSplits: 1).map(String.init)
        return (sides.first ?? "", sides.dropFirst().first ?? "")
      }
    )
  }

  /// The numbers below the splits that all instances report.
  private static func spreads(_ metrics: [Value]) -> [Spread] {
    let leaves = metrics.map { metrics in
      Dictionary(
        ["test", "validation", "train"].flatMap { numbers(in: metrics[$0] ?? [:], "\($0)") }
      ) { first, _ in first }
    }
    let names = leaves.dropFirst().reduce(Set(leaves.first.map { $0.keys.map { $0 } } ?? [])) {
      $0.intersection($1.keys)
    }
    return names.sorted().map { name in
      Spread(path: name, values: leaves.compactMap { $0[name] })
    }
  }

  private static func numbers(in value: Value, _ path: String) -> [(String, Double)] {
    if let members = value.object {
      return members.flatMap { numbers(in: $0.value, "\(path).\($0.key)") }
    }
    return value.double.map { $0.isFinite ? [(path, $0)] : [] } ?? []
  }
}

extension FoldSummary {
  /// For programs.
  package var value: Value {
    .array(
      groups.map { group in
        [
          "stage": .string(group.address), "axis": .string(group.axis),
          "folds": .array(group.folds.map(Value.string)),
          "figures": .object(
            Dictionary(
              group.spreads.map { spread in
                (
                  spread.path,
                  [
                    "mean": .double(spread.mean), "deviation": .double(spread.deviation),
                    "values": .array(spread.values.map(Value.double)),
                  ] as Value
                )
              }
            ) { first, _ in first }),
        ]
      })
  }

  /// A table of the figures that tell how good models are, or nothing.
  var html: HTML {
    let tables = groups.map { group in
      let shown = group.spreads.filter { QualityTable.shows($0.path) }
      let headings = group.folds.map { "<th class=\"number\">\(group.axis) \($0)</th>" as HTML }
      let rows = shown.map { spread in
        let cells = spread.values.map { value in
          "<td class=\"number\">\(Spread.text(value, of: spread.path))</td>" as HTML
        }
        return """
          <tr><td>\(spread.path.replacing(".", with: " "))</td>\
          <td class="number">\(spread.text)</td>\(HTML(cells))</tr>
          """ as HTML
      }
      return shown.isEmpty
        ? ""
        : """
        <h3>\(group.address)</h3><div class="wide"><table>
        <thead><tr><th>figure</th><th class="number">mean ± deviation</th>\(HTML(headings))</tr></thead>
        <tbody>\(HTML(rows))</tbody></table></div>
        """ as HTML
    }
    guard !groups.isEmpty else { return "" }
    return "<section><h2>Folds</h2>\(HTML(tables))</section>"
  }
}

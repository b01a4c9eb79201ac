internal import Records
internal import YAML

/// The measures of quality that stages report for their splits, as a table.
struct QualityTable {
  private struct Row {
    var stage: StageRecord
    var split: String
    var values: Value
  }

  private let rows: [Row]
  private static let measures = [
    ("accuracy", "accuracy"), ("balanced-accuracy", "balanced accuracy"), ("macro-f1", "macro F1"),
    ("rmse", "RMSE"), ("mae", "MAE"), ("r2", "R²"), ("loss", "loss"),
  ]
  private static let shares: Set = ["accuracy", "balanced-accuracy", "macro-f1"]

  init(_ stages: [StageRecord]) {
    rows = stages.flatMap { stage in
      ["train", "validation", "test"].compactMap { split in
        guard let values = stage.result?.metrics[split],
          Self.measures.contains(where: { values[$0.0]?.double != nil })
        else { return nil }
        return Row(stage: stage, split: split, values: values)
      }
    }
  }

  /// The table, or nothing where no stage reports any.
  var html: HTML {
    guard !rows.isEmpty else { return "" }
    let shown = Self.measures.filter { measure in
      rows.contains { $0.values[measure.0]?.double != nil }
    }
    let headings = shown.map { "<th class=\"number\">\($0.1)</th>" as HTML }
    let lines = rows.map { row in
      let cells = shown.map { name, _ in
        let value = row.values[name]?.double
        let text = value.map { Self.shares.contains(name) ? Figure.percent($0) : Figure.number($0) }
        return "<td class=\"number\">\(text ?? "")</td>" as HTML
      }
      return """
        <tr><td><a href="#\(row.stage.anchor)">\(row.stage.address)</a></td><td>\(row.split)</td>\
        \(HTML(cells))</tr>
        """ as HTML
    }
    return """
      <section><h2>Quality</h2><div class="wide"><table>
      <thead><tr><th>stage</th><th>split</th>\(HTML(headings))</tr></thead>
      <tbody>\(HTML(lines))</tbody></table></div></section>
      """
  }
}

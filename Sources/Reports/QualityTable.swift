internal import Records
internal import YAML

/// The measures of quality that stages report for their splits, as a table; below a trained model what
/// the simplest ones come to on the same rows.
struct QualityTable {
  private struct Row {
    var stage: StageRecord

    /// What was measured, where it is not the stage's own model.
    var baseline: String?
    var split: String
    var values: Value
  }

  private let rows: [Row]
  private static let measures = [
    ("accuracy", "accuracy"), ("balanced-accuracy", "balanced accuracy"),
    ("subset-accuracy", "subset accuracy"), ("micro-f1", "micro F1"), ("macro-f1", "macro F1"),
    ("rmse", "RMSE"), ("mae", "MAE"), ("r2", "R²"), ("loss", "loss"),
  ]
  private static let shares: Set = [
    "accuracy", "balanced-accuracy", "subset-accuracy", "micro-f1", "macro-f1",
  ]
  private static let splits = ["train", "validation", "test"]

  /// Whether a path such as `test.accuracy` is one of the measures that are shown.
  static func shows(_ path: String) -> Bool {
    let parts = path.split(separator: ".")
    return parts.count == 2 && measures.contains { $0.0 == parts[1] }
  }

  init(_ stages: [StageRecord]) {
    rows = stages.flatMap { stage in
      let metrics = stage.result?.metrics ?? [:]
      let baselines = metrics["baselines"] ?? [:]
      let answer = baselines["constant"]?["answer"]
      let always = answer.map { $0.string.map { "always '\($0)'" } ?? "always the mean" }
      return Self.rows(metrics, of: stage)
        + Self.rows(baselines["linear"] ?? [:], of: stage, "a linear model")
        + Self.rows(baselines["constant"] ?? [:], of: stage, always)
    }
  }

  private static func rows(
    _ metrics: Value, of stage: StageRecord, _ baseline: String? = nil
  ) -> [Row] {
    splits.compactMap { split in
      guard let values = metrics[split],
        measures.contains(where: { values[$0.0]?.double != nil })
      else { return nil }
      return Row(stage: stage, baseline: baseline, split: split, values: values)
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
        <tr class="\(row.baseline == nil ? "own" : "baseline")"><td>\(name(of: row))</td>\
        <td>\(row.split)</td>\(HTML(cells))</tr>
        """ as HTML
    }
    return """
      <section><h2>Quality</h2><div class="wide"><table>
      <thead><tr><th>stage</th><th>split</th>\(HTML(headings))</tr></thead>
      <tbody>\(HTML(lines))</tbody></table></div></section>
      """
  }

  private func name(of row: Row) -> HTML {
    if let baseline = row.baseline { return "beside \(row.stage.address): \(baseline)" }
    return "<a href=\"#\(row.stage.anchor)\">\(row.stage.address)</a>"
  }
}

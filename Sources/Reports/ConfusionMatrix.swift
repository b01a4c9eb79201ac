internal import Records
internal import YAML

/// How often rows of each class were taken for each class, with the recall, precision and F1 of each.
struct ConfusionMatrix {
  /// The split that was measured.
  let split: String
  private let classes: [String]
  /// A row for each true class, a column for each that was taken.
  private let counts: [[Int]]

  /// The matrix of the split that was held out longest; fails where the metrics hold none.
  init?(_ metrics: Value) {
    let splits = ["test", "validation"]
    guard let split = splits.first(where: { metrics[$0]?["confusion"] != nil }) else { return nil }
    self.split = split
    classes = (metrics["classes"]?.array ?? []).compactMap(\.string)
    counts = (metrics[split]?["confusion"]?.array ?? []).map { row in
      (row.array ?? []).compactMap(\.int)
    }
    guard !classes.isEmpty, counts.count == classes.count,
      counts.allSatisfy({ row in
        row.count == classes.count && row.allSatisfy((0...1 << 40).contains)
      })
    else { return nil }
  }

  var table: HTML {
    let headings = classes.map { "<th class=\"number\">\($0)</th>" as HTML }
    return """
      <div class="wide"><table class="confusion">
      <thead><tr><th>\(split) rows of</th>\(HTML(headings))<th class="number">rows</th>\
      <th class="number">recall</th><th class="number">precision</th><th class="number">F1</th></tr>\
      </thead>
      <tbody>\(HTML(classes.indices.map(row)))</tbody></table></div>
      """
  }

  private func row(_ index: Int) -> HTML {
    let total = counts[index].reduce(0, +)
    let taken = counts.reduce(0) { $0 + $1[index] }
    let right = counts[index][index]
    let cells = classes.indices.map { cell(counts[index][$0], of: total, isRight: $0 == index) }
    let figures = [(right, total), (right, taken), (2 * right, total + taken)].map { part, whole in
      let share = whole > 0 ? Figure.percent(Double(part) / Double(whole)) : ""
      return "<td class=\"number\">\(share)</td>" as HTML
    }
    return """
      <tr><th>\(classes[index])</th>\(HTML(cells))<td class="number">\(Figure.count(total))</td>\
      \(HTML(figures))</tr>
      """
  }

  /// A cell, the deeper in colour the larger its share of the row; zeros are left out.
  private func cell(_ count: Int, of total: Int, isRight: Bool) -> HTML {
    guard count > 0 else { return "<td class=\"number\"></td>" }
    let share = min(60, 12 + 48 * count / max(total, 1))
    let name: HTML = isRight ? "right" : "wrong"
    return """
      <td class="number \(name)" style="--share: \(share)%">\(Figure.count(count))</td>
      """
  }
}

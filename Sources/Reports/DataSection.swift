internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Records
internal import YAML

/// What the rows look like that a stage loaded: a line for each column with its distribution, and pictures.
struct DataSection {
  private let stage: StageRecord
  private let profile: Value

  /// A PNG file.
  private let pictures: [UInt8]?

  private static let profileFile = "profile.json"
  private static let picturesFile = "samples.png"
  private static let mostBytes = 1 << 20

  /// Fails where the stage loads nothing, or its files are not in the store any more.
  init?(_ stage: StageRecord, in store: Store) {
    guard stage.kind == "load", let tree = stage.result?.output,
      let bytes = store.contents(of: Self.profileFile, in: tree, atMost: Self.mostBytes),
      let profile = try? Value(parsingJSON: bytes, file: Self.profileFile)
    else { return nil }
    self.stage = stage
    self.profile = profile
    let png = store.contents(of: Self.picturesFile, in: tree, atMost: Self.mostBytes)
    pictures = png.flatMap { $0.starts(with: [0x89, 0x50, 0x4e, 0x47]) ? $0 : nil }
  }

  var html: HTML {
    let sampled = profile["sampled"]?.int ?? 0
    let rows = profile["rows"]?.int ?? 0
    let share =
      sampled < rows
      ? "\(Figure.count(sampled)) of its \(Figure.count(rows)) rows, evenly spread"
      : "all of its \(Figure.count(rows)) rows"
    return """
      <p><a href="#\(stage.anchor)">\(stage.address)</a>, \(share):</p>
      \(sheet)<div class="wide"><table>
      <thead><tr><th>column</th><th>kind</th><th class="number">missing</th>\
      <th class="number">different</th><th class="number">least</th><th class="number">mean</th>\
      <th class="number">greatest</th><th>distribution</th></tr></thead>
      <tbody>\(HTML((profile["columns"]?.array ?? []).map(line)))</tbody></table></div>
      \(others)
      """
  }

  private var sheet: HTML {
    guard let pictures else { return "" }
    let data = Data(pictures).base64EncodedString()
    return """
      <p><img class="samples" alt="some of the pictures" src="data:image/png;base64,\(data)"></p>

      """
  }

  private var others: HTML {
    guard let left = profile["left"]?.int, left > 0 else { return "" }
    return "<p>and \(Figure.count(left)) more \(left == 1 ? "column" : "columns")</p>"
  }

  private func line(_ column: Value) -> HTML {
    let name = column["name"]?.string ?? ""
    let kind = column["kind"]?.string ?? ""
    let isTarget = column["target"]?.bool ?? false
    func count(_ key: String) -> String { column[key]?.int.map(Figure.count) ?? "" }
    func number(_ value: Value?) -> String { value?.double.map(Figure.number) ?? "" }
    let missing = column["missing"]?.int == 0 ? "" : count("missing")
    return """
      <tr><td>\(name)</td><td>\(isTarget ? "target, " : "")\(kind)</td>\
      <td class="number">\(missing)</td><td class="number">\(count("distinct"))</td>\
      <td class="number">\(number(column["histogram"]?["least"]))</td>\
      <td class="number">\(number(column["mean"]))</td>\
      <td class="number">\(number(column["histogram"]?["greatest"]))</td>\
      <td>\(distribution(of: column))</td></tr>
      """
  }

  private func distribution(of column: Value) -> HTML {
    if let bars = column["histogram"].flatMap(HistogramBars.init) { return bars.svg }
    let texts = (column["texts"]?.array ?? []).compactMap { pair -> String? in
      guard let text = pair[0]?.string, let rows = pair[1]?.int else { return nil }
      return "\(text.prefix(24)) \(Figure.count(rows))"
    }
    guard !texts.isEmpty else { return "" }
    let others = column["others"]?.int ?? 0
    return
      "\((texts + (others > 0 ? ["others \(Figure.count(others))"] : [])).joined(separator: " · "))"
  }
}

/// The counts of a histogram as small bars.
private struct HistogramBars {
  private let counts: [Int]
  private let title: String

  private static let height = 26.0
  private static let width = 144.0

  init?(_ histogram: Value) {
    counts = (histogram["counts"]?.array ?? []).compactMap(\.int)
    guard !counts.isEmpty, counts.count <= 64, counts.allSatisfy({ $0 >= 0 }),
      let low = histogram["low"]?.double, let high = histogram["high"]?.double
    else { return nil }
    let beyond = [("below", "below"), ("above", "above")].compactMap { key, word in
      histogram[key]?.int.flatMap { $0 > 0 ? "\(Figure.count($0)) \(word)" : nil }
    }
    title =
      (["\(Figure.number(low)) to \(Figure.number(high))"] + beyond).joined(separator: ", ")
  }

  var svg: HTML {
    let most = Double(max(1, counts.max() ?? 1))
    let step = Self.width / Double(counts.count)
    let bars = counts.enumerated().compactMap { place, count -> HTML? in
      guard count > 0 else { return nil }
      let height = max(1, Double(count) / most * Self.height)
      func text(_ number: Double) -> String { Figure.rounded(number, places: 1) }
      return """
        <rect x="\(text(Double(place) * step))" y="\(text(Self.height - height))" \
        width="\(text(max(1, step - 1)))" height="\(text(height))"/>
        """
    }
    let (width, height) = (Int(Self.width), Int(Self.height))
    return """
      <svg class="bars" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      role="img" aria-label="\(title)"><title>\(title)</title>\(HTML(bars))</svg>
      """
  }
}

internal import Options
internal import Pipeline
internal import Records
internal import YAML

/// What was measured of each way to run a model, the fastest first.
struct DeploymentTable {
  private let measurements: [Value]
  private let chosen: String?

  /// Fails where the metrics hold no measurements.
  init?(_ metrics: Value) {
    guard let all = metrics["measurements"]?.array, !all.isEmpty else { return nil }
    measurements = all.sorted { Self.rate($0) > Self.rate($1) }
    chosen = metrics["run"]?["name"]?.string
  }

  var html: HTML {
    """
    <div class="wide"><table>
    <thead><tr><th>candidate</th><th class="number">median</th><th class="number">p99</th>\
    <th class="number">rows/s</th><th class="number">quality</th><th class="number">size</th>\
    <th class="number">memory</th><th></th></tr></thead>
    <tbody>\(HTML(measurements.map(row)))</tbody></table></div>
    """
  }

  private func row(_ measurement: Value) -> HTML {
    let name = measurement["name"]?.string ?? ""
    let remark = name == chosen ? "chosen" : measurement["objection"]?.string ?? ""
    let figures = [
      measurement["median-ms"]?.number.map { Figure.number($0) + " ms" },
      measurement["p99-ms"]?.number.map { Figure.number($0) + " ms" },
      Figure.number(Self.rate(measurement)),
      measurement["quality"]?.number.map(Figure.percent),
      measurement["bytes"]?.int.map(ByteCount.rounded),
      measurement["peak-memory"]?.int.map(ByteCount.rounded),
    ]
    let cells = figures.map { "<td class=\"number\">\($0 ?? "")</td>" as HTML }
    return "<tr><td>\(name)</td>\(HTML(cells))<td>\(remark)</td></tr>"
  }

  private static func rate(_ measurement: Value) -> Double {
    measurement["rows-per-second"]?.number ?? 0
  }
}

internal import Options
internal import Pipeline
internal import Records
internal import YAML

/// What a stage deployed: how the model runs, in which files of how many bytes, and how fast beside what.
struct ShippedModel {
  /// How it is run, such as `OpenVINO int8, 2 threads`.
  let name: String
  private let metrics: Value

  /// Fails where the metrics tell of no deployment.
  init?(_ metrics: Value) {
    guard let name = metrics["run"]?["name"]?.string else { return nil }
    self.name = name
    self.metrics = metrics
  }

  /// Such as `ships OpenVINO int8, 2 threads (9.6 KiB as onnx, 31 KiB as openvino)`.
  var headline: String {
    let formats = (metrics["formats"]?.object ?? [:]).sorted { $0.key < $1.key }
      .compactMap { name, bytes in bytes.int.map { "\(ByteCount.rounded($0)) as \(name)" } }
    let size =
      formats.isEmpty
      ? metrics["run"]?["bytes"]?.int.map(ByteCount.rounded) : formats.joined(separator: ", ")
    return "ships \(name)" + (size.map { " (\($0))" } ?? "")
  }

  /// Such as `6.9 (5.8 to 8.1) times the rows/s of libtorch fp32, 1 thread, 1 row at a time`; `nil` where
  /// the model runs as it came in.
  var speed: String? {
    if let words = metrics["speedup-measured"]?["words"]?.string { return words }
    // Older records hold the figures alone.
    guard let speedup = metrics["speedup"]?.number,
      let baseline = metrics["baseline"]?["name"]?.string,
      baseline != name
    else { return nil }
    let interval = (metrics["speedup-measured"]?["interval"]?.array ?? []).compactMap(\.number)
    let spread =
      interval.count == 2
      ? " (\(Figure.factor(interval[0])) to \(Figure.factor(interval[1])))" : ""
    let rows =
      metrics["batch"]?.int
      .map { ", \(Figure.count($0)) \($0 == 1 ? "row" : "rows") at a time" } ?? ""
    return "\(Figure.factor(speedup))\(spread) times the rows/s of \(baseline)\(rows)"
  }

  /// Each file with its bytes, by name.
  var files: [(name: String, size: String)] {
    (metrics["files"]?.object ?? [:]).sorted { $0.key < $1.key }.compactMap { name, size in
      size.int.map { (name, ByteCount.rounded($0)) }
    }
  }

  /// What was decided, in sentences.
  var decision: [String] { (metrics["decision"]?.array ?? []).compactMap(\.string) }
}

extension ShippedModel {
  /// The part of a page that says what a stage deployed.
  func section(of stage: StageRecord) -> HTML {
    let files = files.map { "<code>\($0.name)</code> \($0.size)" as HTML }
    let list: HTML = files.isEmpty ? "" : "<p class=\"files\">\(HTML(files))</p>"
    return """
      <div class="shipped"><p><b><a href="#\(stage.anchor)">\(stage.address)</a> \(headline)</b></p>
      \(list)
      \(HTML(decision.map { "<p class=\"why\">\($0)</p>" as HTML }))</div>
      """
  }
}

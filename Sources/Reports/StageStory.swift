internal import Options
internal import Pipeline
internal import Records
package import YAML

/// What a stage did, in words made from its metrics.
///
/// It goes by what the metrics hold and not by the kind of stage, so that every stage which reports
/// rows, parameters or an accuracy is described alike.
package struct StageStory: Sendable {
  private let metrics: Value

  package init(_ metrics: Value) {
    self.metrics = metrics
  }

  /// The facts in the order of telling; empty where the metrics hold nothing known.
  package var facts: [String] {
    [
      rows, badRows, remarks, steps, nearness, scaling, files, training, unlabelled, copied,
      parameters, sparsity, size,
      shipped,
      speed,
      quality,
    ].compactMap { $0 }
  }

  package var sentence: String { facts.joined(separator: "; ") }

  private func number(_ path: String...) -> Double? { metrics.value(at: path)?.double }
  private func count(_ path: String...) -> Int? { metrics.value(at: path)?.int }

  private var rows: String? {
    if let total = count("rows") {
      let names = ["train", "validation", "test"]
      let splits = names.compactMap { name in
        count("splits", name, "rows").map { "\(Figure.count($0)) \(name)" }
      }
      let shares = splits.isEmpty ? "" : " (\(splits.joined(separator: ", ")))"
      return "\(Figure.count(total)) \(total == 1 ? "row" : "rows")\(shares)"
    }
    let splits = (metrics["rows"]?.object ?? [:]).values
    let before = splits.reduce(0) { $0 + ($1["before"]?.int ?? 0) }
    let after = splits.reduce(0) { $0 + ($1["after"]?.int ?? 0) }
    guard before > 0 else { return nil }
    return before == after
      ? "all \(Figure.count(after)) rows kept"
      : "\(Figure.count(before)) → \(Figure.count(after)) rows"
  }

  private var badRows: String? {
    guard let bad = count("bad-rows", "count"), bad > 0 else { return nil }
    return "\(Figure.count(bad)) bad \(bad == 1 ? "row" : "rows") left out"
  }

  private var remarks: String? {
    let remarks = (metrics["remarks"]?.array ?? []).compactMap(\.string)
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }

  private var steps: String? {
    let steps = (metrics["steps"]?.array ?? []).compactMap { step -> String? in
      guard let (name, figures) = step.object?.min(by: { $0.key < $1.key }) else { return nil }
      let counts = ["filled", "left", "found", "marked", "dropped", "duplicated"].compactMap {
        key in
        let count = Self.total(figures[key])
        return count > 0 ? "\(Figure.count(count)) \(key)" : nil
      }
      return counts.isEmpty ? name : "\(name) (\(counts.joined(separator: ", ")))"
    }
    return steps.isEmpty ? nil : steps.joined(separator: ", ")
  }

  /// A count, or the sum of those of all splits.
  private static func total(_ value: Value?) -> Int {
    value?.int ?? (value?.object ?? [:]).values.reduce(0) { $0 + ($1.int ?? 0) }
  }

  /// How much nearer images have come to those that they should be.
  private var nearness: String? {
    let splits = metrics["reference"]?.object ?? [:]
    guard let features = (splits["test"] ?? splits["train"])?.object else { return nil }
    let images = features.sorted { $0.key < $1.key }.compactMap { name, figures -> String? in
      guard let before = figures["psnr"]?["before"]?.double,
        let after = figures["psnr"]?["after"]?.double
      else { return nil }
      return "\(name) \(Figure.number(before)) → \(Figure.number(after)) dB from the reference"
    }
    return images.isEmpty ? nil : images.joined(separator: "; ")
  }

  private var scaling: String? {
    guard let method = metrics["method"]?.string, let scope = metrics["per"]?.string else {
      return nil
    }
    let features = (metrics["features"]?.object ?? [:]).values
    func sum(_ name: String) -> Int { features.reduce(0) { $0 + ($1[name]?.int ?? 0) } }
    let scales = sum("scales")
    let remarks = [(sum("constant"), "constant"), (sum("empty"), "without values")]
      .filter { $0.0 > 0 }.map { "\(Figure.count($0.0)) \($0.1)" }
    let remark = remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))"
    return
      scales == 0
      ? "\(method) per \(scope)\(remark)"
      : "\(method) per \(scope), \(Figure.count(scales)) \(scales == 1 ? "scale" : "scales")\(remark)"
  }

  private var files: String? {
    // A deployment names its files one by one.
    count("files").map { "\(Figure.count($0)) \($0 == 1 ? "file" : "files") written" }
  }

  private var training: String? {
    guard let epochs = count("training", "epochs"), epochs > 0 else { return nil }
    return "\(Figure.count(epochs)) \(epochs == 1 ? "epoch" : "epochs")"
  }

  private var unlabelled: String? {
    guard let labelled = count("labelled"), let others = count("unlabelled") else { return nil }
    return "\(Figure.count(labelled)) rows with labels and \(Figure.count(others)) without"
  }

  private var copied: String? {
    let names = (metrics["copied"]?.array ?? []).compactMap(\.string)
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    let left = metrics["not-copied"]?.array?.count ?? 0
    return "\(names.count) tensors copied from the teacher (\(shown))"
      + (left > 0 ? ", \(left) not" : "")
  }

  private var parameters: String? {
    count("parameters").map { "\(Figure.count($0)) parameters" }
  }

  private var sparsity: String? {
    guard let sparsity = number("sparsity"), sparsity > 0 else { return nil }
    return "\(Figure.percent(sparsity)) of the weights are zero"
  }

  private var size: String? {
    guard let after = count("bytes"), let before = count("bytes-before"), after > 0 else {
      return nil
    }
    return "weights \(ByteCount.rounded(before)) → \(ByteCount.rounded(after))"
  }

  private var shipped: String? { ShippedModel(metrics)?.headline }

  private var speed: String? { ShippedModel(metrics)?.speed }

  /// The first measure of quality, on the data that was held out longest.
  private var quality: String? {
    for split in ["test", "validation"] {
      let measures = [
        ("accuracy", true), ("subset-accuracy", true), ("rmse", false), ("loss", false),
      ]
      for (measure, isShare) in measures {
        guard let after = number(split, measure) else { continue }
        let show = { (value: Double) in isShare ? Figure.percent(value) : Figure.number(value) }
        let before = number(split, "before", measure) ?? number("before", split, measure)
        let change = before.map { "\(show($0)) → " } ?? ""
        let line = number("baselines", "linear", split, measure)
          .map { " (a linear model \(show($0)))" }
        return "\(split) \(measure) \(change)\(show(after))\(line ?? "")"
      }
    }
    return nil
  }
}

internal import Artifacts
internal import Diagnostics
internal import Options
internal import Planning
internal import YAML

/// A few lines on what an artifact holds, from its own description files.
struct ArtifactText {
  private let folder: String

  init(_ folder: String) {
    self.folder = folder
  }

  /// Pairs of a heading and what stands beside it.
  var lines: [(String, String)] {
    get throws(Diagnostic) {
      var lines: [(String, String)] = []
      if let dataset = try description("dataset.json") { lines += Self.dataset(dataset) }
      if let network = try description("network.json") { lines += Self.network(network) }
      if let deployment = try description("deployment.json") {
        lines += Self.deployment(deployment)
      }
      let entries = try FileTree.entries(below: folder)
      let bytes = entries.reduce(0) { $0 + $1.status.size }
      return lines + [("files", "\(entries.count), \(ByteCount.rounded(bytes))")]
    }
  }

  private func description(_ name: String) throws(Diagnostic) -> Value? {
    let path = name.path(in: folder)
    guard try FileStatus(of: path) != nil else { return nil }
    return try Value(parsingJSON: try Folder.contents(of: path), file: path)
  }

  private static func dataset(_ value: Value) -> [(String, String)] {
    let splits = (value["splits"]?.array ?? []).map { split in
      let shards = split["shards"]?.array ?? []
      let rows = shards.reduce(0) { $0 + ($1["rows"]?.int ?? 0) }
      return "\(split["name"]?.string ?? "?") \(rows)"
    }
    let features = (value["features"]?.array ?? []).map { feature in
      let shape = (feature["shape"]?.array ?? []).map(\.canonicalJSON).joined(separator: "×")
      return "\(feature["name"]?.string ?? "?") (\(feature["kind"]?.string ?? "?") \(shape))"
    }
    var lines = [("rows", splits.joined(separator: ", "))]
    lines.append(("features", features.joined(separator: ", ")))
    if let target = value["target"], let name = target["name"]?.string {
      let classes = target["classes"]?.array?.count ?? 0
      let values = target["columns"]?.array?.count ?? 0
      let noun =
        target["task"]?.string == "multi-label"
        ? classes.counted("label") : classes.counted("class", "classes")
      let what = classes > 0 ? ", \(noun)" : values > 0 ? ", \(values.counted("value"))" : ""
      lines.append(("target", name + what))
    }
    return lines
  }

  private static func network(_ value: Value) -> [(String, String)] {
    let network = value["network"] ?? value
    let nodes = network["nodes"]?.array ?? []
    return nodes.isEmpty ? [] : [("layers", "\(nodes.count)")]
  }

  private static func deployment(_ value: Value) -> [(String, String)] {
    let run = value["run"]?.object ?? [:]
    let words = run.sorted { $0.key < $1.key }.map {
      "\($0.key) \($0.value.string ?? $0.value.canonicalJSON)"
    }
    return [("runs as", words.joined(separator: ", "))]
  }
}

internal import Artifacts
internal import Diagnostics
internal import YAML

/// Something to be told to a server, in turn.
enum MLflowItem: Sendable {
  /// A run, which is a child of another where that has a key.
  case begin(
    key: String, name: String, parent: String?, tags: [String: String], params: [String: String],
    isContinued: Bool)
  case metrics(key: String, [MLflowMetric])
  case text(key: String, path: String, String)
  case file(key: String, path: String, from: String)
  case model(key: String, name: String, tree: Digest)
  case end(key: String, status: String)

  var key: String {
    switch self {
    case .begin(let key, _, _, _, _, _), .metrics(let key, _), .text(let key, _, _),
      .file(let key, _, _), .model(let key, _, _), .end(let key, _):
      key
    }
  }
}

/// What has not arrived, in words.
struct Unsent {
  private(set) var runs = 0
  private(set) var figures = 0
  private(set) var files = 0
  private(set) var models = 0
  private(set) var endings = 0

  var isEmpty: Bool { runs + figures + files + models + endings == 0 }

  mutating func add(_ item: MLflowItem) {
    switch item {
    case .begin: runs += 1
    case .metrics(_, let metrics): figures += metrics.count
    case .text, .file: files += 1
    case .model: models += 1
    case .end: endings += 1
    }
  }

  /// Such as `2 runs, 40 figures and 1 model`.
  var words: String {
    let parts = [
      (runs, "run", "runs"), (figures, "figure", "figures"), (files, "file", "files"),
      (models, "model", "models"), (endings, "end of a run", "ends of runs"),
    ].filter { $0.0 > 0 }.map { count, one, many in count.counted(one, many) }
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "nothing" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}

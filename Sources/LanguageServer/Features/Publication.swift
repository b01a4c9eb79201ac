internal import Diagnostics
internal import Pipeline
internal import YAML

/// The problems of all files that checks found, as the client is told of them.
struct Publication {
  private let workspace: Workspace
  private let client: ClientCapabilities
  private var problems: [String: Diagnostics] = [:]

  /// Documents that are shown to have none.
  private var empty: Set<String> = []

  init(_ workspace: Workspace, _ client: ClientCapabilities) {
    self.workspace = workspace
    self.client = client
  }

  /// Adds what checking a pipeline found; a file without problems counts too where it is open.
  mutating func add(_ analysis: PipelineAnalysis) {
    for file in analysis.reading.files.map(PipelineFile.absolute)
    where workspace.document(at: file) != nil {
      problems[file] = problems[file] ?? Diagnostics()
    }
    for problem in analysis.problems {
      let file = problem.location.map { PipelineFile.absolute($0.file) } ?? analysis.path
      problems[file, default: Diagnostics()].add(problem)
    }
  }

  mutating func add(emptyAt uri: String) { empty.insert(uri) }

  /// What to send, by URI.
  var parameters: [String: Value] {
    var parameters: [String: Value] = [:]
    for uri in empty { parameters[uri] = ["uri": .string(uri), "diagnostics": []] }
    for (path, found) in problems {
      let uri = workspace.uri(of: path)
      let text = workspace.outline(of: path)?.text ?? DocumentText([], encoding: client.encoding)
      var value: Value = [
        "uri": .string(uri),
        "diagnostics": .array(
          found.map { $0.value(in: text, client, place: workspace.location) }),
      ]
      if let document = workspace.document(at: path) { value["version"] = .int(document.version) }
      parameters[uri] = value
    }
    return parameters
  }
}

/// What the client was told last of each document's problems.
struct PublishedDiagnostics {
  private var last: [String: Value] = [:]

  /// What differs from that, in the order of the URIs; documents that are no longer mentioned have no
  /// problems.
  mutating func news(in all: [String: Value]) -> [Value] {
    var all = all
    for (uri, value) in last where all[uri] == nil && value["diagnostics"] != [] {
      all[uri] = ["uri": .string(uri), "diagnostics": []]
    }
    let changed = all.filter { last[$0.key] != $0.value }.sorted { $0.key < $1.key }
    last = all
    return changed.map(\.value)
  }
}

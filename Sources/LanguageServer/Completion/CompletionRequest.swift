internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import YAML

/// What completing at a place may look at.
struct CompletionRequest {
  let request: DocumentRequest
  let place: CursorPlace
  let offset: Int

  /// The files of the pipelines that the document is a part of, itself first.
  let outlines: [FileOutline]
  let stages: StageTable
  let guide: KeyGuide

  init(_ request: DocumentRequest, at offset: Int, _ place: CursorPlace) {
    self.request = request
    self.place = place
    self.offset = offset
    let workspace = request.workspace
    var files = [request.path]
    for pipeline in workspace.pipelines(with: request.path) {
      files += workspace.files(from: pipeline).filter { !files.contains($0) }
    }
    outlines = files.compactMap { workspace.outline(of: $0) }
    stages = StageTable(outlines)
    guide = KeyGuide(request.surroundings.catalog)
  }

  /// The name of the stage that the place is in.
  var stage: String? {
    guard place.path.first == .key("stages"), place.path.count > 1 else { return nil }
    return place.path[1].key
  }

  /// What the file has for that stage.
  var stageNode: Node? { outlines.first?.tree.node(at: place.path.prefix(2)) }

  /// The kind of that stage.
  var kind: String? {
    stageNode?.mapping?.first { request.surroundings.catalog[$0.key] != nil }?.key
  }

  /// The folder to which paths in the document are relative.
  var folder: String { request.path.parentPath }

  /// What is written before the place.
  var prefix: String { request.text.string(place.prefix) }

  /// The keys that the mapping at the place has beside the one that is being written.
  var siblings: Set<String> {
    let entries = outlines.first?.tree.node(at: place.path)?.mapping ?? []
    return Set(
      entries.filter { entry in
        let range = request.text.bytes(of: entry.keyRange)
        return !(range.lowerBound <= offset && offset <= range.upperBound)
      }.map(\.key))
  }

  /// The stage's instances that were worked out last.
  func instances(of stage: String) -> [StageInstance] {
    request.analyses.flatMap { analysis in
      analysis.reading.graph?.instances.filter { $0.stage == stage } ?? []
    }
  }

  /// The metrics that a stage is known to have reported, by path, with the latest figures.
  func metrics(of stage: String) -> [(String, String)] {
    var seen: Set<String> = []
    return request.analyses.flatMap { analysis -> [(String, String)] in
      let runs = request.surveys[analysis.path]?.lastRuns ?? [:]
      return runs.filter { $0.key.prefix { $0 != "@" } == stage }.sorted { $0.key < $1.key }
        .flatMap { request.surroundings.metricLines($0.value.result.metrics) }
        .filter { Double($0.1) != nil && seen.insert($0.0).inserted }
    }
  }
}

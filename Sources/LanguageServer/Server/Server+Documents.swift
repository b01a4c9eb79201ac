internal import Dispatch
internal import Pipeline
internal import YAML

extension Server {
  /// Takes note of what the client tells.
  func receive(_ method: String, _ parameters: Value) {
    let document = parameters["textDocument"]
    let uri = document?["uri"]?.string ?? ""
    switch method {
    case "initialized": watchFiles()
    case "textDocument/didOpen":
      guard let text = document?["text"]?.string, !uri.isEmpty else { return }
      let opened = workspace.open(uri, version: document?["version"]?.int ?? 0, text: text)
      recheck([opened.path], after: 0)
    case "textDocument/didChange":
      guard let before = workspace.documents[uri] else { return }
      let text = before.text.applying(parameters["contentChanges"]?.array ?? [])
      let version = document?["version"]?.int ?? before.version + 1
      guard let changed = workspace.change(uri, version: version, text: text) else { return }
      recheck([changed.path], after: surroundings.pause)
    case "textDocument/didSave":
      guard let saved = workspace.documents[uri] else { return }
      recheck([saved.path], after: 0)
    case "textDocument/didClose":
      guard let closed = workspace.close(uri) else { return }
      forgetUnwanted()
      publish(closed: [closed])
      recheck([closed.path], after: 0)
    case "workspace/didChangeWatchedFiles":
      recheck(workspace.documents.values.map(\.path), after: surroundings.pause)
    case "workspace/didChangeWorkspaceFolders": changeFolders(parameters["event"])
    default: break
    }
  }

  private func changeFolders(_ event: Value?) {
    func paths(_ key: String) -> [String] {
      (event?[key]?.array ?? []).compactMap { $0["uri"]?.string }
        .compactMap { DocumentURI.path(of: $0) }
    }
    let removed = paths("removed")
    workspace.folders = workspace.folders.filter { !removed.contains($0) } + paths("added")
  }

  /// The pipelines that open documents are parts of.
  private var wantedPipelines: Set<String> {
    Set(workspace.documents.values.flatMap { workspace.pipelines(with: $0.path) })
  }

  private func forgetUnwanted() {
    let wanted = wantedPipelines
    analyst.keep(wanted)
    surveyor.keep(wanted)
  }

  /// Has the pipelines checked that files are parts of.
  private func recheck(_ paths: [String], after milliseconds: Int) {
    let wanted = wantedPipelines
    let affected = wanted.filter { pipeline in
      guard let files = analyst.analyses[pipeline]?.reading.files else { return true }
      return paths.contains(pipeline)
        || files.contains { paths.contains(PipelineFile.absolute($0)) }
    }
    guard !affected.isEmpty else { return }
    analyst.change(affected, due: .now() + .milliseconds(milliseconds))
  }

  /// Takes the results of a check, and tells the client.
  func take(_ results: [PipelineAnalysis]) {
    let finished = analyst.finish(results, workspace.snapshot)
    guard !finished.isEmpty else { return }
    forgetUnwanted()
    if status != .nowhere {
      for pipeline in finished {
        guard let reading = analyst.analyses[pipeline]?.reading else { continue }
        let outlines = workspace.files(from: pipeline).compactMap { workspace.outline(of: $0) }
        surveyor.look(
          at: Surveyor.Subject(
            graph: reading.graph,
            tables: TableQuestion.questions(outlines, variables: reading.variables)),
          of: pipeline)
      }
    }
    publish()
  }

  /// Sends the problems of every file, where these changed.
  ///
  /// - Parameter closed: documents that were closed, whose problems nobody shows any more unless another
  ///   document's pipeline has them.
  private func publish(closed: [OpenDocument] = []) {
    var publication = Publication(workspace, client)
    for pipeline in analyst.analyses.keys.sorted() {
      if let analysis = analyst.analyses[pipeline] { publication.add(analysis) }
    }
    for document in closed { publication.add(emptyAt: document.uri) }
    for parameters in published.news(in: publication.parameters) {
      outlet.notify("textDocument/publishDiagnostics", parameters)
    }
  }
}

extension DocumentText {
  /// The text after changes as the protocol has them: whole texts, or parts for ranges.
  fileprivate func applying(_ changes: [Value]) -> DocumentText {
    var text = self
    for change in changes {
      guard let new = change["text"]?.string else { continue }
      if let range = try? TextRange(change["range"]) {
        let start = text.offset(of: range.start)
        var bytes = text.bytes
        bytes.replaceSubrange(start..<max(start, text.offset(of: range.end)), with: new.utf8)
        text = DocumentText(bytes, encoding: encoding)
      } else {
        text = DocumentText(new, encoding: encoding)
      }
    }
    return text
  }
}

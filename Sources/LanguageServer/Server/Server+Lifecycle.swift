internal import YAML

extension Server {
  /// Answers the requests that begin and end a session, and refuses those that nobody knows.
  func answerLifecycle(_ method: String, _ parameters: Value) throws(ResponseError) -> Value {
    switch (phase, method) {
    case (.new, "initialize"): return initialize(parameters)
    case (.new, _):
      throw ResponseError(.serverNotInitialized, "the session begins with 'initialize'")
    case (.shutDown, _):
      throw ResponseError(.invalidRequest, "after 'shutdown' only 'exit' may follow")
    case (.running, "initialize"):
      throw ResponseError(.invalidRequest, "the session has begun already")
    case (.running, "shutdown"):
      phase = .shutDown
      return .null
    case (.running, _):
      throw ResponseError(.methodNotFound, "there is no method '\(method)'")
    }
  }

  private func initialize(_ parameters: Value) -> Value {
    client = ClientCapabilities(parameters["capabilities"] ?? [:])
    status = StatusDisplay(parameters["initializationOptions"], for: client)
    workspace.encoding = client.encoding
    let folders = (parameters["workspaceFolders"]?.array ?? []).compactMap { $0["uri"]?.string }
    let root = parameters["rootUri"]?.string
    workspace.folders = (folders.isEmpty ? [root].compactMap { $0 } : folders)
      .compactMap { DocumentURI.path(of: $0) }
    phase = .running
    return [
      "capabilities": capabilities,
      "serverInfo": ["name": "anneal", "version": .string(surroundings.version)],
    ]
  }

  private var capabilities: Value {
    var capabilities: Value = [
      "positionEncoding": .string(client.encoding.rawValue),
      "textDocumentSync": [
        "openClose": true, "change": 1, "save": ["includeText": false],
      ],
    ]
    for feature in Self.features {
      capabilities = capabilities.merging(feature.capabilities(client))
    }
    switch status {
    case .lenses: capabilities["inlayHintProvider"] = nil
    case .hints: capabilities["codeLensProvider"] = nil
    case .hover, .nowhere:
      capabilities["inlayHintProvider"] = nil
      capabilities["codeLensProvider"] = nil
    }
    return capabilities
  }

  /// Asks to be told of files that change beside the client.
  func watchFiles() {
    guard client.watchesFiles else { return }
    let patterns = ["**/*.yaml", "**/*.yml", "**/*.csv", "**/*.tsv"]
    outlet.request(
      "client/registerCapability",
      [
        "registrations": [
          [
            "id": "files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": [
              "watchers": .array(patterns.map { ["globPattern": .string($0)] })
            ],
          ]
        ]
      ])
  }

  /// Lets the client ask anew how stages stand.
  func refreshStatus() {
    switch status {
    case .lenses where client.refreshesCodeLenses: outlet.request("workspace/codeLens/refresh")
    case .hints where client.refreshesInlayHints: outlet.request("workspace/inlayHint/refresh")
    case .lenses, .hints, .hover, .nowhere: break
    }
  }
}

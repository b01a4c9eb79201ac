internal import YAML

/// Changes to the texts of files.
struct WorkspaceEdit {
  private var changes: [String: [Value]] = [:]
  private let workspace: Workspace

  init(_ workspace: Workspace) {
    self.workspace = workspace
  }

  mutating func replace(_ range: TextRange, in path: String, with text: String) {
    changes[path, default: []].append(["range": range.value, "newText": .string(text)])
  }

  var isEmpty: Bool { changes.isEmpty }

  /// With the documents' versions, where the client takes them.
  func value(for client: ClientCapabilities) -> Value {
    guard client.takesDocumentChanges else {
      return [
        "changes": .object(
          Dictionary(changes.map { (workspace.uri(of: $0.key), .array($0.value)) }) { $0 + $1 })
      ]
    }
    return [
      "documentChanges": .array(
        changes.sorted { $0.key < $1.key }.map { path, edits in
          let version = workspace.document(at: path).map { Value.int($0.version) } ?? .null
          return [
            "textDocument": ["uri": .string(workspace.uri(of: path)), "version": version],
            "edits": .array(edits),
          ]
        })
    ]
  }
}

private func + (left: Value, right: Value) -> Value {
  .array((left.array ?? []) + (right.array ?? []))
}

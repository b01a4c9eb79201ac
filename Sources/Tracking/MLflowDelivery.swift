internal import Artifacts
internal import YAML

/// Sends items one after the other, and remembers what the server called the runs.
struct MLflowDelivery {
  private let server: MLflowServer
  private let experimentName: String
  private let store: Store
  private var experiment: String?
  private var runs: [String: MLflowServer.Run] = [:]

  init(_ server: MLflowServer, experiment: String, store: Store) {
    self.server = server
    experimentName = experiment
    self.store = store
  }

  mutating func send(_ item: MLflowItem) throws(MLflowServer.Failure) {
    if case .begin(let key, let name, let parent, let tags, let params, let isContinued) = item {
      try begin(key, name, parent: parent, tags, params, isContinued: isContinued)
      return
    }
    guard let run = runs[item.key] else {
      throw .refused("it did not take the run that they belong to")
    }
    switch item {
    case .begin: break
    case .metrics(_, let metrics): try server.log(run, metrics: metrics)
    case .text(_, let path, let text):
      try server.put(Array(text.utf8), at: path, in: run.artifacts)
    case .file(_, let path, let file):
      guard let bytes = try? Folder.contents(of: file) else {
        throw .refused("'\(file)' cannot be read")
      }
      try server.put(bytes, at: path, in: run.artifacts)
    case .model(_, let name, let tree): try send(tree, as: name, of: run)
    case .end(_, let status): try server.update(run, status: status, at: MLflowServer.now)
    }
  }

  private mutating func begin(
    _ key: String, _ name: String, parent: String?, _ tags: [String: String],
    _ params: [String: String], isContinued: Bool
  ) throws(MLflowServer.Failure) {
    let experiment = try experimentID()
    if let known = runs[key] {
      try server.update(known, status: "RUNNING", at: nil)
      return
    }
    var tags = tags
    tags["anneal.key"] = key
    if let parent, let run = runs[parent] { tags["mlflow.parentRunId"] = run.id }
    // The trial of a search that goes on is the one that was begun.
    if isContinued,
      let known = try server.runs(in: experiment, where: "tags.`anneal.key` = '\(key)'").first
    {
      try server.update(known.run, status: "RUNNING", at: nil)
      runs[key] = known.run
      return
    }
    let run = try server.create(run: name, in: experiment, tags: tags, at: MLflowServer.now)
    runs[key] = run
    let entries = params.sorted { $0.key < $1.key }
    for start in stride(from: 0, to: entries.count, by: 100) {
      let part = entries[start..<min(start + 100, entries.count)]
      try server.log(run, params: Dictionary(part.map { ($0.key, $0.value) }) { first, _ in first })
    }
  }

  private mutating func experimentID() throws(MLflowServer.Failure) -> String {
    if let experiment { return experiment }
    let found = try server.experiment(named: experimentName)
    experiment = found
    try endOrphans(in: found)
    return found
  }

  /// Says of runs whose process was killed that they do not go on.
  private func endOrphans(in experiment: String) throws(MLflowServer.Failure) {
    for (run, tags) in try server.runs(
      in: experiment, where: "attributes.status = 'RUNNING'")
    {
      guard let mark = tags["anneal.process"].flatMap(ProcessMark.init), mark.isSurelyGone else {
        continue
      }
      try server.update(run, status: "KILLED", at: MLflowServer.now)
    }
  }

  /// Stores a model's files, as a logged model where the server has such.
  private func send(
    _ tree: Digest, as name: String, of run: MLflowServer.Run
  ) throws(MLflowServer.Failure) {
    let files: [(path: String, bytes: [UInt8])]
    do {
      let manifest = try store.manifest(of: tree)
      files = try manifest.entries.map { file in
        (file.path, try Folder.contents(of: store.layout.object(file.digest)))
      }
    } catch {
      throw .refused("the model's files cannot be read: \(error)")
    }
    let experiment = experiment ?? ""
    let name = String(name.map { "/:.%\"'".contains($0) ? "_" : $0 })
    let model = try server.beginModel(name, of: run, in: experiment)
    let (place, folder) = model.map { ($0.artifacts, "") } ?? (run.artifacts, "model/")
    let sheet = """
      flavors:
        anneal:
          version: \(server.version)
          tree: \(tree.hex)
      model_id: \(model?.id ?? "")
      run_id: \(run.id)

      """
    try server.put(Array(sheet.utf8), at: folder + "MLmodel", in: place)
    for file in files { try server.put(file.bytes, at: folder + file.path, in: place) }
    if let model { try server.endModel(model.id, of: run) }
  }
}

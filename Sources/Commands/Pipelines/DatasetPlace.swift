internal import Artifacts
internal import Dataset
internal import Diagnostics
internal import Pipeline

/// Finds the dataset that a word on the command line means.
struct DatasetPlace {
  private let word: String
  private let store: String?
  private let loading: PipelineLoading
  private let stage: String

  /// - Parameters:
  ///   - word: the folder of a dataset, a stage of the folder's only pipeline, or `PIPELINE:STAGE`.
  ///   - store: the store's folder, or `nil` for the one beside the pipeline.
  init(_ word: String, store: String?, _ changes: PipelineChanges) {
    self.word = word
    self.store = store
    let colon = word.lastIndex(of: ":")
    let file = colon.map { String(word[..<$0]) } ?? ""
    stage = colon.map { String(word[word.index(after: $0)...]) } ?? word
    var loading = changes.loading(file.isEmpty ? nil : file)
    loading.stages = [stage]
    self.loading = loading
  }

  /// The texts that problems with the pipeline point into.
  func sources(for problems: Diagnostics) -> [String: String] { loading.sources(for: problems) }

  /// The dataset's folder, and a name for what is made of it.
  func find() throws -> (folder: String, name: String) {
    if try FileStatus(of: word + "/" + DatasetDescription.fileName, following: true) != nil {
      return (word, word.split(separator: "/").last.map(String.init) ?? "dataset")
    }
    let locked = try LockedPipeline(loading)
    let named = try locked.instances(named: [stage])
    let recorded = try RecordedPipeline(locked, loading, store: store)
    guard let only = named.first, named.count == 1 else {
      let names = named.map(\.address)
      throw Diagnostic(
        "'\(word)' means \(names.count) stages",
        remedy: "name one of \(names.joined(separator: ", "))")
    }
    guard only.settings.output == .dataset else {
      throw Diagnostic(
        "stage '\(only.address)' makes no dataset",
        remedy: "name a stage that loads, cleans, normalises or augments")
    }
    return (try recorded.folder(of: only.address), only.address)
  }
}

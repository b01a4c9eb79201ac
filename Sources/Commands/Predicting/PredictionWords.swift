internal import Artifacts
internal import Deployment
internal import Diagnostics

/// The words of `predict`, parted into what answers and what is asked.
struct PredictionWords {
  /// A folder, a pipeline or PIPELINE:STAGE; `nil` for the folder's only pipeline, and `:STAGE` for a stage of it.
  let deployment: String?
  let inputs: [String]

  init(_ first: String?, _ others: [String]) throws {
    let isInput = try first.map { try Self.isInput($0) } ?? false
    if let first, isInput {
      deployment = nil
      inputs = [first] + others
    } else {
      deployment = try first.map { try Self.isStage($0) ? ":" + $0 : $0 }
      inputs = others
    }
    guard !inputs.isEmpty else {
      throw UsageError(
        "INPUT is missing",
        remedy: "name a table or images to answer for, or '-' for standard input")
    }
    guard inputs.count(where: { $0 == "-" }) < 2 else {
      throw UsageError("standard input can be read once", remedy: "write '-' once")
    }
  }

  /// Whether a first word is no deployment but already something to answer for.
  private static func isInput(_ word: String) throws(Diagnostic) -> Bool {
    if word == "-" { return true }
    if word.hasSuffix(".yaml") || word.hasSuffix(".yml") { return false }
    guard let status = try FileStatus(of: word, following: true) else {
      return !word.contains(":") && word.lastName.contains(".")
    }
    switch status.kind {
    case .folder:
      if try FileStatus(of: DeploymentDescription.fileName.path(in: word)) != nil { return false }
      return try PipelineSearch().files.count == 1
    default: return try !PipelineSearch.beginsPipeline(word)
    }
  }

  /// Whether a word is nothing that is there, but may be the name of a stage.
  private static func isStage(_ word: String) throws(Diagnostic) -> Bool {
    guard !NamedStages.isFile(word), !word.contains(":") else { return false }
    return try FileStatus(of: word, following: true) == nil
  }
}

package import Dataset
internal import Diagnostics
internal import FoundationEssentials
internal import Tensor
package import YAML

/// Rows that a deployed model has not seen: read by the source that the model's training rows came from.
package struct NewRows {
  private let source: any RowSource
  private let features: [Feature]

  package init(_ paths: [String], _ description: DeploymentDescription) throws {
    let files = paths.map { SourceFile(path: $0, name: $0) }
    features = description.features
    for path in paths where !FileManager.default.isReadableFile(atPath: path) {
      throw Diagnostic("'\(path)' cannot be read", remedy: "name files that exist")
    }
    for kind in SourceCatalog.all {
      if let rows = try kind.newRows(files, for: features, description.provenance) {
        source = rows
        return
      }
    }
    throw Diagnostic("the model reads features that come from no file that can be given here")
  }

  /// Calls `body` with the rows in order, a block at a time, as the source gives them.
  package func forEachBatch(_ body: (Batch) throws -> Void) throws {
    var bad = BadRows(.error)
    try source.read(&bad, where: { _ in true }) { block in
      var inputs: [String: Tensor] = [:]
      for feature in features {
        inputs[feature.name] = try block.features[feature.name]?.tensor(
          shape: [block.count] + feature.shape)
      }
      try body(Batch(inputs: inputs, rows: block.rows))
    }
    try bad.throwIfErrors()
  }

  /// A predictor's answers, each with the name of its row (`row` or `file`).
  ///
  /// - Parameter limit: The most rows to answer for; all by default.
  package func answers(of predictor: Predictor, limit: Int? = nil) throws -> [Value] {
    var answers: [Value] = []
    try forEachBatch { batch in
      guard limit.map({ answers.count < $0 }) ?? true else { return }
      for (row, answer) in zip(batch.rows, try predictor.predict(batch)) {
        answers.append(name(of: row).merging(answer))
      }
    }
    return limit.map { Array(answers.prefix($0)) } ?? answers
  }

  /// What a row is called in the answer, as its source has it.
  package func name(of row: Int64) -> Value { source.name(of: row) }
}

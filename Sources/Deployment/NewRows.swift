package import Dataset
package import Diagnostics
internal import FoundationEssentials
internal import Tensor

/// Rows that a deployed model has not seen: read by the source that the model's training rows came from.
package struct NewRows {
  private let source: any RowSource
  private let features: [Feature]
  private let target: Target

  /// - Parameters:
  ///   - files: Tables, or images and folders of them.
  package init(_ files: [SourceFile], _ description: DeploymentDescription) throws {
    features = description.features
    target = description.target
    for file in files where !FileManager.default.isReadableFile(atPath: file.path) {
      throw Diagnostic("'\(file.name)' cannot be read", remedy: "name files that exist")
    }
    // A source that knows such files goes before one that reads anything as its own.
    let known = files.first.map(SourceCatalog.sources) ?? []
    for kind in known + SourceCatalog.all {
      let rows = try kind.newRows(
        files, for: features, target: target, description.provenance)
      if let rows {
        source = rows
        return
      }
    }
    throw Diagnostic("the model reads features that come from no file that can be given here")
  }

  /// The names of what each row brings along.
  package var columns: [String] { source.columns }

  /// What was found of the files that their user should know.
  package var warnings: [Diagnostic] { source.warnings }

  /// What rows are called by: `row` or `file`, or both.
  package var names: [String] { source.newNames }

  /// A row with what the model makes of it.
  package struct Answer: Sendable {
    package let row: NewRow

    /// What the model's last layer gives: a logit for each class, or one value; empty where the row has no
    /// answer.
    package let outputs: [Float]

    /// Why the row has no answer.
    package let problem: Diagnostic?
  }

  /// Calls `body` with the rows in order, a block at a time, and what a predictor makes of each.
  ///
  /// - Parameter limit: The most rows to answer for; all by default.
  package func answers(
    of predictor: Predictor, limit: Int? = nil, _ body: ([Answer]) throws -> Void
  ) throws {
    var left = limit ?? .max
    try source.readNew { read in
      guard left > 0 else { return }
      let answers = try self.answers(of: predictor, for: read)
      try body(Array(answers.prefix(left)))
      left -= min(left, answers.count)
    }
  }

  private func answers(of predictor: Predictor, for read: NewRowBlock) throws -> [Answer] {
    var inputs: [String: Tensor] = [:]
    for feature in features {
      inputs[feature.name] = try read.block.features[feature.name]?.tensor(
        shape: [read.block.count] + feature.shape)
    }
    var results =
      read.block.count == 0
      ? [][...] : try predictor.predict(Batch(inputs: inputs, rows: read.block.rows))[...]
    return read.rows.map { row in
      guard row.problem == nil, let result = results.popFirst() else {
        return Answer(row: row, outputs: [], problem: row.problem)
      }
      switch result {
      case .outputs(let outputs): return Answer(row: row, outputs: outputs, problem: nil)
      case .refused(let cause): return Answer(row: row, outputs: [], problem: problem(row, cause))
      }
    }
  }

  private func problem(_ row: NewRow, _ refusal: Predictor.Refusal) -> Diagnostic {
    guard case .input(let name, let element) = refusal else {
      return row.problem(
        "what the model makes of the row is no finite number",
        remedy: "look for values far from those that it was trained on")
    }
    let columns = features.first { $0.name == name }?.columns ?? []
    let column = columns.indices.contains(element) ? columns[element] : columns.first ?? name
    let cell = source.columns.firstIndex(of: column).map { row.cells[$0] } ?? ""
    return row.problem(
      cell.allSatisfy { $0 == " " }
        ? "the column '\(column)' has no value"
        : "'\(cell)' in the column '\(column)' is a missing value",
      remedy: "write a value; or fill missing ones in a clean stage before training, and the model "
        + "does so too")
  }
}

package import Dataset
internal import Diagnostics
internal import FoundationEssentials
internal import Tensor
package import YAML

/// Rows that a deployed model has not seen: tables or images, read as the loading stage reads them.
package struct NewRows {
  private let source: any RowSource
  private let features: [Feature]
  private let isImages: Bool

  package init(_ paths: [String], _ description: DeploymentDescription) throws {
    let files = paths.map { SourceFile(path: $0, name: $0) }
    features = description.features
    for path in paths where !FileManager.default.isReadableFile(atPath: path) {
      throw Diagnostic("'\(path)' cannot be read", remedy: "name files that exist")
    }
    let isTable = features.allSatisfy { !$0.columns.isEmpty }
    isImages = !isTable
    if isTable {
      source = try TableSource(
        files, format: TableFormat(description.provenance), features: features)
    } else if features.count == 1, features[0].kind == .image {
      source = ImageSource(
        files.map { ImageSource.Item($0) }, name: features[0].name, channels: features[0].shape[0],
        size: (features[0].shape[1], features[0].shape[2]), fit: ImageFit(description.provenance))
    } else {
      throw Diagnostic("the model reads features that come from no file that can be given here")
    }
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

  /// What a row is called in the answer.
  package func name(of row: Int64) -> Value {
    isImages
      ? ["file": .string(source.fileName(Int(row)))] : ["row": .int(Int(row) + 1)]
  }
}

extension TableFormat {
  /// The format of the files that the model was trained on, as the loading stage recorded it.
  fileprivate init(_ provenance: Value) {
    self.init(
      hasHeader: provenance["header"]?.bool ?? true,
      missing: Set((provenance["missing"]?.array ?? []).compactMap(\.string)))
  }
}

extension ImageFit {
  /// How the images that the model was trained on came to their size.
  fileprivate init(_ provenance: Value) {
    self = provenance["fit"]?.string.flatMap(ImageFit.init(rawValue:)) ?? .cover
  }
}

internal import Artifacts
internal import FoundationEssentials
internal import Pipeline
internal import YAML

/// The pipeline that `anneal init` writes: from a table or images to a small deployed network.
struct FirstPipeline {
  private let file: String
  private var load: [(key: String, text: String)]
  private var split = "{train: 70%, validation: 15%, test: 15%}"
  private var rows: Int?

  /// The side of the pictures in pixels; nil for tables.
  private var side: Int?

  /// A pipeline for a table that is not there yet.
  init(file: String, target: String? = nil) {
    self.file = file
    load = [("csv", "data.csv"), ("target", Self.written(.string(target ?? "label")))]
  }

  /// Has it load files of which something is known.
  mutating func load(_ key: String, _ files: String, _ proposal: FileProposal) {
    load =
      [(key, Self.written(.string(files)))]
      + proposal.settings.map { ($0.key, Self.written($0.value)) }
    rows = proposal.rows
    side = proposal.side
    if proposal.isSplit {
      split = ""
    } else if proposal.hasClasses {
      split = "{train: 70%, validation: 15%, test: 15%, stratify: true}"
    }
  }

  var text: String {
    let loading = load + (split.isEmpty ? [] : [("split", split)])
    return """
      # yaml-language-server: $schema=\(PipelineSchema.fileName)
      #
      # Check this file with 'anneal check', run it with 'anneal run'.
      # 'anneal help' lists the kinds of stage, 'anneal help train' explains one.
      pipeline: \(name)
      seed: 1

      stages:
        rows:
          load:
      \(loading.map { "      \($0.key): \($0.text)" }.joined(separator: "\n"))

      \(side.map(learningFromImages) ?? learningFromTable)
        shipped:
          from: small
          accelerate: {goal: latency}

      """
  }

  /// A linear model beside a network, of which the better one goes on: on few rows that is often the
  /// linear one.
  private var learningFromTable: String {
    let batch = batch
    return """
        whole:
          from: rows
          clean:
            - duplicates: drop
            - missing: {fill: median}

        scaled:
          from: whole
          normalize: {z-score: {per: feature}}

        model:
          from: scaled
          matrix: {network: [linear, mlp]}
          train:
            model: ${matrix.network}
            epochs: \(epochs(batch: batch, steps: 3000, within: 5...100))
            batch: \(batch)
            optimizer: {adamw: {learning-rate: 0.01}}

        small:
          from: {stage: model, pick: {min: validation.loss}}
          quantize: {weights: int8, activations: int8}

      """
  }

  private func learningFromImages(side: Int) -> String {
    let batch = batch
    // The image is halved between two convolutions, so that the last ones see most of it.
    let channels =
      side > 48 ? "[16, 32, 64, 64, 64]" : side > 16 ? "[16, 32, 64, 64]" : "[16, 32, 64]"
    return """
        whole:
          from: rows
          clean:
            - duplicates: drop

        scaled:
          from: whole
          normalize: {z-score: {per: channel}}

        varied:
          from: scaled
          augment:
            - crop: {padding: \(max(1, side / 16))}
            - rotate: {degrees: 10}

        model:
          from: varied
          train:
            model: {cnn: {channels: \(channels)}}
            epochs: \(epochs(batch: batch, steps: 2000, within: 10...60))
            batch: \(batch)
            schedule: {one-cycle: {peak: 0.01}}

        small:
          from: model
          quantize: {weights: int8, activations: int8}

      """
  }

  /// Few rows are dealt out in small batches, or there would be too few steps.
  private var batch: Int {
    guard let rows else { return 16 }
    return rows < 5_000 ? 16 : rows < 50_000 ? 64 : 256
  }

  private func epochs(batch: Int, steps: Int, within bounds: ClosedRange<Int>) -> Int {
    guard let rows else { return min(50, bounds.upperBound) }
    let perEpoch = max(1, rows * 7 / 10 / batch)
    return min(max(steps / perEpoch, bounds.lowerBound), bounds.upperBound)
  }

  /// The file's name as a pipeline's name.
  private var name: String {
    let stem = file.lastName.prefix { $0 != "." }
    let letters = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    guard let first = letters.first, first.isLetter else { return "first" }
    return String(letters.prefix(64))
  }

  /// A value on one line.
  private static func written(_ value: Value) -> String {
    if let elements = value.array {
      return "[\(elements.map(written).joined(separator: ", "))]"
    }
    return String(YAMLEmitter.emit(value).dropLast())
  }
}

extension String {
  /// This path, relative to the working folder, as files in another folder write it.
  func path(from folder: String) -> String {
    guard !hasPrefix("/"), folder != "." else { return self }
    let above = folder.plainPath
    if plainPath.isPath(atOrBelow: above), plainPath != above {
      return String(plainPath.dropFirst(above.count + 1))
    }
    let steps = above.split(separator: "/")
    guard !above.hasPrefix("/"), !steps.contains("..") else {
      return path(in: FileManager.default.currentDirectoryPath)
    }
    return String(repeating: "../", count: steps.count) + plainPath
  }
}

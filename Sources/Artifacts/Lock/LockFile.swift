package import Diagnostics
package import YAML

/// The results of a pipeline's stages, in a file beside the pipeline that is made to be committed.
package struct LockFile: Hashable, Sendable {
  /// The result of one stage instance.
  package struct Stage: Hashable, Sendable {
    package var key: Digest
    package var output: Digest
    package var seed: UInt64
    package var metrics: Value
    /// The numerics it ran with, as an object.
    package var numerics: Value

    /// Of a stage that times itself, the files that come out alike each time; otherwise empty.
    package var files: [String: Digest]

    /// How the result came about, where that is not by running the stage from nothing.
    package var origin = ResultOrigin()

    package init(
      key: Digest, output: Digest, seed: UInt64, metrics: Value = [:], numerics: Value = [:],
      files: [String: Digest] = [:]
    ) {
      self.key = key
      self.output = output
      self.seed = seed
      self.metrics = metrics
      self.numerics = numerics
      self.files = files
    }
  }

  package static let formatVersion = 1

  package var pipeline: String
  /// By the address of the instance.
  package var stages: [String: Stage]

  package init(pipeline: String, stages: [String: Stage] = [:]) {
    self.pipeline = pipeline
    self.stages = stages
  }

  /// Writes the file as a whole or not at all; one that holds the same already is left alone.
  package func write(to path: String) throws(Diagnostic) {
    let bytes = Array(text.utf8)
    if try FileStatus(of: path, following: true) != nil, try Folder.contents(of: path) == bytes {
      return try Folder.removeUnfinished(path)
    }
    try Folder.replaceFile(path, with: bytes)
  }

  /// The file's text; the same content gives the same bytes.
  package var text: String {
    let stages = stages.mapValues { stage -> Value in
      var value: Value = [
        "key": .string(stage.key.hex), "output": .string(stage.output.hex),
        // As text, because a seed uses all 64 bits and many readers keep 53.
        "seed": .string(String(stage.seed)), "metrics": stage.metrics,
        "numerics": stage.numerics,
      ]
      if !stage.files.isEmpty {
        value["files"] = .object(stage.files.mapValues { .string($0.hex) })
      }
      return value.merging(stage.origin.value)
    }
    let value: Value = [
      "format": .int(Self.formatVersion), "pipeline": .string(pipeline),
      "stages": .object(stages),
    ]
    return "# Written by 'anneal run'. Commit it, so that results can be checked.\n"
      + YAMLEmitter.emit(value)
  }

  /// How this differs from what was expected, a sentence for each stage concerned, by address.
  package func differences(from expected: LockFile) -> [String] {
    Set(stages.keys).union(expected.stages.keys).sorted().compactMap { address in
      switch (expected.stages[address], stages[address]) {
      case (nil, _): "stage '\(address)' is not locked"
      case (_, nil): "stage '\(address)' is locked, but not in the pipeline"
      case (let old?, let new?) where old.key != new.key:
        "stage '\(address)' has other settings, inputs or files than those locked"
      case (let old?, let new?) where old.output != new.output:
        "stage '\(address)' came to other output: \(old.output.short) is locked, "
          + "\(new.output.short) came out"
      default: nil
      }
    }
  }
}

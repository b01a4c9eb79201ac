internal import Artifacts
package import Dataset
package import Diagnostics
internal import FoundationEssentials
package import YAML

/// What `deployment.json` says: which engine runs which file how, and what goes in and comes out.
package struct DeploymentDescription: Sendable {
  /// How the model is run.
  package var candidate: Candidate
  /// Rows in a batch, for which the candidate was chosen.
  package var batch: Int
  /// The features as rows of the source give them.
  package var features: [Feature]
  /// Steps that new rows go through before the model sees them; normalisation is part of the model.
  package var applied: [any DeferredStep]
  package var target: Target
  /// How image files become pictures; the loading stage's own record.
  package var provenance: Value
  /// The artifact's files by what they are: `onnx`, `openvino`, `network`.
  package var files: [String: String]
  /// Everything that was measured, the model as it came in first.
  package var measurements: [Value]

  package static let fileName = "deployment.json"

  package init(
    candidate: Candidate, batch: Int, features: [Feature], applied: [any DeferredStep],
    target: Target, provenance: Value, files: [String: String], measurements: [Value]
  ) {
    self.candidate = candidate
    self.batch = batch
    self.features = features
    self.applied = applied
    self.target = target
    self.provenance = provenance
    self.files = files
    self.measurements = measurements
  }

  /// The format that this code writes, and the newest that it reads.
  private static let format = 1

  package var value: Value {
    [
      "format": .int(Self.format), "run": candidate.value, "batch": .int(batch),
      "features": .array(features.map(\.value)),
      "applied": .array(applied.map(DeferredSteps.encode)), "target": target.value,
      "provenance": provenance, "files": .object(files.mapValues { .string($0) }),
      "measurements": .array(measurements),
    ]
  }

  package func write(to directory: String) throws {
    try Folder.replaceFile(
      directory + "/" + Self.fileName, with: Array((value.prettyJSON + "\n").utf8), lasting: false)
  }

  /// Reads the description of an artifact, which is untrusted.
  package init(opening directory: String) throws(Diagnostic) {
    let file = directory + "/" + Self.fileName
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw Diagnostic(
        "there is no deployment at \(directory): \(file) cannot be read",
        remedy: "name the artifact of an accelerate stage")
    }
    let value = try Value(parsingJSON: bytes, file: file)
    guard let format = value["format"]?.int, let run = value["run"] else {
      throw Diagnostic("\(file) does not describe a deployment")
    }
    guard format <= Self.format else {
      throw Diagnostic(
        "\(file) has the format \(format), newer than this program's \(Self.format)",
        remedy: "use the newer anneal that wrote it")
    }
    candidate = try Candidate(run, file: file)
    guard let batch = value["batch"]?.int, (1...1_048_576).contains(batch) else {
      throw Diagnostic("'batch' in \(file) is not a number of rows")
    }
    self.batch = batch
    var features: [Feature] = []
    for feature in value["features"]?.array ?? [] {
      features.append(try Feature(feature, file: file))
    }
    self.features = features
    applied = try DeferredSteps.decode(value["applied"]?.array ?? [], file: file)
    target = try Target(value["target"] ?? .null, file: file)
    provenance = value["provenance"] ?? .null
    measurements = value["measurements"]?.array ?? []
    files = try Self.plainNames(value["files"]?.object ?? [:], file)
  }

  /// The files that a description names, by what they are.
  ///
  /// - Parameter file: The name that errors carry.
  package static func files(
    in bytes: [UInt8], of file: String
  ) throws(Diagnostic) -> [String: String] {
    try plainNames(try Value(parsingJSON: bytes, file: file)["files"]?.object ?? [:], file)
  }

  /// File names that stay within the artifact.
  private static func plainNames(
    _ members: [String: Value], _ file: String
  ) throws(Diagnostic) -> [String: String] {
    var names: [String: String] = [:]
    for (kind, value) in members {
      guard let name = value.string, !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
        throw Diagnostic("'files.\(kind)' in \(file) is not a plain file name")
      }
      names[kind] = name
    }
    return names
  }
}

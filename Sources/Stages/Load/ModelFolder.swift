internal import Artifacts
internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import Pipeline
internal import YAML

/// A model that was made before, as a folder of `network.json` and `model.safetensors`.
struct ModelFolder {
  private let name: String
  private let path: String

  /// - Parameter directory: That of the pipeline file.
  init(_ pattern: PathPattern, in directory: String) {
    name = pattern.text
    path = pattern.text.path(in: directory)
  }

  /// What keeps the folder from being a model, as far as its files' names tell.
  func problem() throws(Diagnostic) -> Diagnostic? {
    guard let status = try FileStatus(of: path, following: true) else { return nil }
    guard status.kind == .folder else {
      let isONNX = name.lowercased().hasSuffix(".onnx")
      return Diagnostic(
        "'\(name)' is \(isONNX ? "an ONNX model" : "a file"), where the folder of a model is to be loaded",
        remedy:
          "a model is a folder with \(Self.files.joined(separator: " and ")), as a training stage makes it"
      )
    }
    for file in Self.files where try FileStatus(of: "\(path)/\(file)", following: true) == nil {
      return Diagnostic(
        "'\(name)' is no model: it has no '\(file)'",
        remedy: "name the folder with \(Self.files.joined(separator: " and "))")
    }
    return nil
  }

  static let files = [Model.networkFile, Model.parametersFile]

  func open() throws -> Model {
    if let problem = try problem() { throw problem }
    return try Model(opening: path)
  }

  /// Writes the model as the artifact of a stage.
  func run(_ job: StageJob, _ reporter: any StageReporter) throws {
    let model = try open()
    try Folder.create(job.output)
    try model.write(to: job.output)
    reporter.metrics([
      "parameters": .int(model.network.graph.parameterCount),
      "layers": .int(model.network.graph.nodes.count),
    ])
  }
}

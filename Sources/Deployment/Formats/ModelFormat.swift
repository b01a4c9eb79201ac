internal import Artifacts
internal import Learning
internal import Options

/// A file format in which a deployment holds a model.
package struct ModelFormat: Sendable {
  /// What `export` of a pipeline and `deployment.json` call it.
  package let name: String
  /// What the file is, for the model card.
  package let purpose: String
  package let fileName: String
  /// What lies beside that file and is a part of the model.
  package let companion: String?
  /// Whether every layer has to have a form in ONNX.
  package let needsONNX: Bool
  /// Opens an exported file in a runtime, to be compared with the network; nil where the file is the
  /// network itself.
  package let checking: Checking?
  private let writing: @Sendable (ExportedModel, _ directory: String) throws -> Void

  package typealias Checking =
    @Sendable (
      _ path: String, _ threads: Int, _ rows: Int
    ) throws -> any InferenceEngine

  init(
    name: String, purpose: String, fileName: String, companion: String? = nil, needsONNX: Bool,
    checking: Checking?,
    writing: @escaping @Sendable (ExportedModel, _ directory: String) throws -> Void
  ) {
    self.name = name
    self.purpose = purpose
    self.fileName = fileName
    self.companion = companion
    self.needsONNX = needsONNX
    self.checking = checking
    self.writing = writing
  }

  /// Writes the files of a model.
  package func write(_ model: ExportedModel, to directory: String) throws {
    try writing(model, directory)
  }

  /// The formats that a deployment may hold, a new one being one more element.
  package static let all: [ModelFormat] = [network, onnx, openVINO]

  /// The layer graph and its tensors as Anneal itself writes them.
  package static let network = ModelFormat(
    name: "network", purpose: "the layer graph, with `model.safetensors`",
    fileName: "network.json", companion: "model.safetensors", needsONNX: false, checking: nil
  ) { model, directory in
    var written = model.variants.model
    written.network = model.variants.form(for: model.candidate)
    written.steps = model.variants.outside
    try written.write(to: directory)
  }

  package static let onnx = ModelFormat(
    name: "onnx", purpose: "the model for any ONNX runtime, opset 17", fileName: "model.onnx",
    needsONNX: true, checking: ModelFormat.check
  ) { model, directory in
    try model.writeONNX(to: directory + "/model.onnx")
  }
}

extension ModelFormat: NamedOption, Hashable {
  /// The formats that `export` offers; the network is written where libtorch runs it.
  package static var allCases: [ModelFormat] { all.filter { $0.checking != nil } }

  package var rawValue: String { name }

  package init?(rawValue: String) {
    guard let found = Self.all.first(where: { $0.name == rawValue }) else { return nil }
    self = found
  }

  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

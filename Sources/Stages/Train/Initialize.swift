package import Options
internal import YAML

/// Another model whose parameters a new network starts with.
package struct Initialize: Options {
  package static let title = "initialize"
  package static let summary = "Another model whose parameters a new network starts with."
  package static let shorthand: String? = "from"

  /// As written: a stage, a file or a folder.
  package var from: String?
  package var layers: [Pattern] = []

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "from", \.from,
      "The stage that made the model, or the path of a '.safetensors' file or of a model's folder (a path "
        + "has a '/'); left out, the stage that the key 'from' beside 'train' names as 'initial'.")
    option(
      "layers", \.layers,
      "Patterns of the layers that start so; by default all whose parameters have the same names and shapes "
        + "in the other model.")
  }

  /// The role of the model where a stage makes it.
  package static let role = "initial"

  /// The file or the folder, where no stage is named.
  package var path: String? { from.flatMap { Self.isPath($0) ? $0 : nil } }

  /// The file of parameters, where no stage is named.
  package var file: String? {
    path.map { $0.hasSuffix(Self.ending) ? $0 : $0 + "/model" + Self.ending }
  }

  /// The place of the stage's name in settings as written, if one is named.
  static func stage(in settings: Node) -> Node? {
    guard let node = settings["initialize"] else { return nil }
    guard let name = node.mapping == nil ? node : node["from"], let text = name.scalar?.text,
      !name.isNull, !text.isEmpty, !isPath(text)
    else { return nil }
    return name
  }

  private static func isPath(_ text: String) -> Bool {
    text.contains("/") || text.hasSuffix(ending)
  }

  private static let ending = ".safetensors"
}

internal import Artifacts
package import Diagnostics
package import Options
package import YAML

/// A file or folder that a command makes: its path, or a mapping that says more of it.
package struct CommandOutput: Options, Hashable {
  package var path = ""
  package var optional = false
  package var keep = false
  package var temporary = false

  package init() {}

  package init(_ path: String) {
    self.path = path
  }

  package static let title = "output of a command"
  package static let summary = "A path says the same as `{path: …}`."
  package static let shorthand: String? = "path"

  package static var fields: [Field<Self>] {
    option("path", \.path, required: true, "The file or folder, relative to the pipeline's folder.")
    option(
      "optional", \.optional,
      "Whether the command may leave it out; it is then not in the artifact."
    )
    option(
      "keep", \.keep,
      "Whether the command begins with what stands there, as it does with a folder of checkpoints that it "
        + "goes on from. An attempt that fails leaves it as it is. What stood there is no part of the "
        + "stage's key; a result that went on from something says so, and `anneal verify` does not "
        + "repeat it.")
    option(
      "temporary", \.temporary,
      "Whether it is removed, from the folder and from the store, once every stage that reads from this "
        + "one is up to date. Where one of them has to run again, this stage does first. Others read "
        + "it through `from`.")
  }

  package static let rules: [Rule] = [
    .texts(of: "path", match: CommandPaths.outputPattern),
    .any([.usual("keep"), .usual("temporary")]),
  ]

  package static func check(_ output: Self, _ node: Node) -> [Diagnostic] {
    guard output.keep, output.temporary else { return [] }
    return [
      Diagnostic(
        "an output is either kept or temporary", at: node["temporary"]?.range ?? node.range,
        remedy: "take 'keep' or 'temporary' away")
    ]
  }

  /// The path alone where nothing more is said, so that keys are as if nothing more could be.
  package var value: Value {
    var value: Value = ["path": .string(path)]
    if optional { value["optional"] = true }
    if keep { value["keep"] = true }
    if temporary { value["temporary"] = true }
    return value.object?.count == 1 ? .string(path) : value
  }
}

extension CommandOutput: ExpressibleByStringLiteral {
  package init(stringLiteral path: String) { self.init(path) }
}

internal import Options

/// Makes the reference from the catalog: a page for each kind of stage, one for the keys that all
/// stages share, and an index.
package struct ReferencePages {
  private let catalog: Catalog

  package init(_ catalog: Catalog) {
    self.catalog = catalog
  }

  /// The pages as Markdown, by file name.
  package var pages: [String: String] {
    var pages = ["README.md": index, "pipeline.md": pipeline]
    for stage in catalog.stages {
      pages[stage.kind + ".md"] = page(stage)
    }
    return pages
  }

  private static let origin = "<!-- Written by `anneal schema --write` from the code. -->\n\n"

  private var index: String {
    var text = Self.origin + "# Reference\n\n"
    text += "[The pipeline file](pipeline.md) has stages, and a stage is one of\n\n"
    text += "| Stage | What it does | Takes | Gives |\n| --- | --- | --- | --- |\n"
    for stage in catalog.stages {
      text +=
        "| [`\(stage.kind)`](\(stage.kind).md) | \(stage.summary) | \(Self.takes(stage))"
        + " | \(stage.output.phrase) |\n"
    }
    return text
  }

  private static func takes(_ stage: any Stage.Type) -> String {
    stage.inputs.map { role in
      let kinds = role.accepts.map(\.phrase).joined(separator: " or ")
      let notes = [role.isRequired ? nil : "optional", role.allowsMany ? "several" : nil]
      let suffix = notes.compactMap { $0 }.joined(separator: ", ")
      return "\(kinds) as `\(role.name)`" + (suffix.isEmpty ? "" : " (\(suffix))")
    }.joined(separator: "; ")
  }

  private func page(_ stage: any Stage.Type) -> String {
    var text = Self.origin + "# \(stage.kind)\n\n\(stage.summary)\n\n"
    let takes = Self.takes(stage)
    text += takes.isEmpty ? "It takes nothing" : "It takes \(takes)"
    text += " and gives \(stage.output.phrase).\n\n"
    if !stage.example.isEmpty { text += "```yaml\n\(stage.example)\n```\n\n" }
    return text + stage.settingsReference
  }

  private var pipeline: String {
    Self.origin + """
      # The pipeline file

      A mapping with the keys below, `vars`, `env` and `stages`. Keys that begin with `x-` may hold
      anchors. A stage has a name, exactly one key that says its kind, and any of the common keys.

      References `${vars.x}`, `${env.X}` (for names listed in `env`) and `${matrix.x}` may stand in any
      value below; alone they keep the type of what they refer to. `$${` is a literal `${`.


      """ + MarkdownReference.text(for: PipelineHeader.schema, level: 2) + "\n"
      + MarkdownReference.text(for: CommonKeys.schema, level: 2) + Self.links
  }

  private static let links = """

    ## How stages hang together

    | Key | Meaning |
    | --- | --- |
    | `from` | A stage, a list of them, or `{role: stage}`. A stage that needs a dataset and is given \
    only a model uses the dataset that the model was made from. `{stage: NAME, pick: {max: METRIC}}` \
    takes the best instance of a matrix. |
    | `matrix` | `{name: [values]}`: an instance for each combination, addressed `stage@name=value`. \
    `exclude` drops combinations, `include` extends or adds some. Stages that read from it fan out. |
    | `when` | A condition such as `vars.full and metrics.teacher.validation.accuracy >= 0.98`; where \
    it does not hold, the stage and what needs it are skipped. |

    """
}

extension Stage {
  fileprivate static var settingsReference: String {
    MarkdownReference.text(for: Settings.schema, level: 2)
  }
}

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
    var pages = ["README.md": index, "pipeline.md": pipeline, "search.md": search]
    for stage in catalog.stages {
      pages[stage.kind + ".md"] = page(stage)
    }
    return pages
  }

  private static let origin = "<!-- Written by `anneal schema --write` from the code. -->\n\n"

  private var index: String {
    var text = Self.origin + "# Reference\n\n"
    text +=
      "[The pipeline file](pipeline.md) has stages, and a stage is one of those below. It may have "
    text += "[searches](search.md) for the best settings too.\n\n"
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

      A mapping with the keys below, `vars`, `env`, `include`, `profiles`, `search` and `stages`. Keys that begin
      with `x-` may hold anchors. A stage has a name, exactly one key that says its kind, and any of the
      common keys.

      References `${vars.x}`, `${env.X}` (for names listed in `env`) and `${matrix.x}` may stand in any
      value below; alone they keep the type of what they refer to, and as an element of a list of
      single values a list goes on that list. A reference may hold others, which are filled in first:
      `${vars.sizes.${matrix.kind}}`. They name values and do not compute. `$${` is a literal `${`.

      The values of environment variables stand in records and reports, but for those that are marked:
      `env: [DATA_DIR, {name: TOKEN, secret: true}]`. A secret may be referred to in the `environment` of a
      command alone. Its value is in no record, log, report, lock file or message: what a command prints
      of it is shown as `***`, word for word, not where it is encoded otherwise. It is no part of any
      key, not even as a digest, from which a short one could be found by trying; so another value makes
      nothing run again.


      """ + MarkdownReference.text(for: PipelineHeader.schema, level: 2) + "\n"
      + Self.composition + MarkdownReference.text(for: CommonKeys.schema, level: 2) + Self.links
      + Self.addresses + Self.yaml
  }

  private var search: String {
    Self.origin + """
      # Searching for settings

      `search` holds searches by name, and `anneal search PIPELINE NAME` makes their trials: runs of the
      pipeline with other settings, of the stages that the search's metrics need.

      ```yaml
      \(SearchHelp.example)
      ```

      A key under `over` is the path to a variable, to `seed`, or to a part of a stage's settings, as in
      profiles. A list holds choices, which may be lists and mappings too, so that `optimizer: [adamw, {sgd:
      {momentum: 0.9}}]` chooses between rules with their settings. Values are checked before anything runs.

      A metric is written with its stage, as in `teacher.validation.accuracy`, or
      `teacher@depth=20.validation.accuracy` for an instance. Metrics of the test split are refused. Trials
      outside of a `floor` or a `ceiling` count behind all that are within. With several goals there is no
      best trial but a front, of which no trial is beaten in every goal.

      The same search makes the same trials, whatever `-j` says. One that was stopped or killed goes on
      where it was; failed trials are kept with their cause, and the search goes on. When it is the
      search, the pipeline or one of its files that changed, another search begins. `anneal runs --trials` lists the
      runs of trials, and a trial is named as in `anneal show smallest.7`.

      The best trial is written to `PIPELINE@NAME.yaml`, to be committed: `anneal run PIPELINE --profile NAME` takes
      the profile from there, as `include` does. What was run as a trial is not run again.


      """ + MarkdownReference.text(for: SearchSettings.schema, level: 2)
  }

  private static let composition = """
    ## Includes

    ```yaml
    include: [common.yaml, ../shared/data.yaml]
    ```

    The `vars`, `env`, `profiles`, `stages`, `seed` and `numerics` of the files belong to the pipeline
    too. Of what several files set, the later file of the list wins over the earlier one, and a file over
    those that it includes; a stage may be defined once only. The name under `pipeline` and `x-…` keys
    count in their own file alone, so that whole pipelines can be included. A path in `include` is relative
    to the file that it is written in, and so are the paths in the settings of a stage. A file that is
    named several times is read once. At most 64 files, 8 levels and 4 MiB together.

    In a file that only serves to be included nothing is required. Editors check it by
    `schemas/included.schema.json`, which has to lie beside `schemas/pipeline.schema.json`.

    ## Profiles

    ```yaml
    profiles:
      quick:
        vars.epochs: 2
        stages.teacher.train.batch: 256
    ```

    `--profile quick` makes these changes, as `--set vars.epochs=2` would. A key is the path to `seed`,
    `numerics`, a variable or a part of a stage, and the value takes the place of what is there; where
    there is nothing yet it is added. Of several `--profile` the later wins, and `--set` wins over all. A
    profile that the pipeline does not have is looked for in the files `PIPELINE@….yaml` beside it, which
    [searches](search.md) write.


    """

  private static let addresses = """

    ## Naming stages on the command line

    | Word | Meaning |
    | --- | --- |
    | `teacher` | The stage with all its instances. |
    | `teacher@depth=20` | The instances with that matrix value; others, separated by commas, may follow. |
    | `'teacher@*'`, `'t*'`, `'*@depth=2?'` | What the pattern covers. `*`, `?`, `[…]` and `{one,two}` \
    are wildcards. |

    """

  private static let yaml = """

    ## YAML

    Files are read by libyaml as YAML 1.1 and their plain values by the core schema of YAML 1.2: `yes`, `no`,
    `on` and `off` are texts, and so are `1_000`, dates and `1:30`. Anchors, aliases and `<<` merges work.
    Keys are texts and occur once. Refused are several documents in a file, tags other than those of the
    core schema, data that contains itself, text that is not UTF-8, and what YAML 1.1 and 1.2 read
    differently, such as a `?` within brackets. A file has at most 4 MiB, 64 levels,
    and 300,000 values once its aliases are expanded; a single value has at most 1 MiB, and references
    expand to at most 4 MiB.

    """

  private static let links = """

    ## How stages hang together

    | Key | Meaning |
    | --- | --- |
    | `from` | A stage, a list of them, or `{role: stage}`. A stage that needs a dataset and is given \
    only a model uses the dataset that the model was made from. `{stage: NAME, pick: {max: METRIC}}` \
    takes the best instance of a matrix; in a run with `--keep-going` the best of those that succeeded, \
    which the run says and the lock file does not take up. |
    | `matrix` | `{name: [values]}`: an instance for each combination, addressed `stage@name=value`, \
    where other characters than letters, digits and `._+-` are written as in `%2F`, the elements of a \
    list with `+` between them, and a mapping as its `name` or first scalar. \
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

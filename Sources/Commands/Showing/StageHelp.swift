internal import Options
internal import Pipeline

/// Help on what a pipeline file may say, for a terminal.
struct StageHelp {
  private let catalog: Catalog

  init(_ catalog: Catalog) {
    self.catalog = catalog
  }

  /// The topics: every kind of stage, and the file as a whole.
  var topics: [String] { catalog.kinds + ["pipeline", "search"] }

  /// The help on a topic, or `nil` where there is none.
  func text(on topic: String, width: Int) -> String? {
    if topic == "pipeline" {
      return [
        HelpText.text(for: PipelineHeader.self, width: width),
        HelpText.text(for: CommonKeys.self, width: width), Self.links,
      ].joined(separator: "\n")
    }
    if topic == "search" {
      let example = SearchHelp.example.split(separator: "\n").map { "  " + $0 }
      return
        "search: what 'anneal search' tries, by name\n\nExample\n"
        + example.joined(separator: "\n") + "\n\n"
        + HelpText.text(for: SearchHelp.schema, width: width)
    }
    return catalog[topic].map { Self.text(on: $0, width: width) }
  }

  private static func text(on stage: any Stage.Type, width: Int) -> String {
    var parts = ["\(stage.kind): \(stage.summary)\n"]
    let inputs = stage.inputs.map { role in
      let kinds = role.accepts.map(\.phrase).joined(separator: " or ")
      return "  \(role.name): \(kinds)\(role.isRequired ? "" : ", optional")"
    }
    if !inputs.isEmpty { parts.append("Takes\n" + inputs.joined(separator: "\n") + "\n") }
    parts.append("Gives \(stage.output.phrase).\n")
    if !stage.example.isEmpty {
      let lines = stage.example.split(separator: "\n", omittingEmptySubsequences: false)
      parts.append("Example\n" + lines.map { "  " + $0 }.joined(separator: "\n") + "\n")
    }
    parts.append(stage.settingsHelp(width: width))
    return parts.joined(separator: "\n")
  }

  private static let links = """
    HOW STAGES HANG TOGETHER
      from: NAME, [NAME, NAME] or {ROLE: NAME}
          The stages that this one reads from. {stage: NAME, pick: {max: METRIC}} takes the
          best instance of a matrix.
      matrix: {NAME: [VALUES]}
          An instance for each combination; exclude and include change the combinations.
      when: CONDITION
          Such as: vars.full and metrics.teacher.validation.accuracy >= 0.98

    """
}

extension Stage {
  fileprivate static func settingsHelp(width: Int) -> String {
    HelpText.text(for: Settings.schema, width: width)
  }
}

internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import YAML

/// Values that could be written at a place: names of a choice, stages, columns, files and metrics.
struct ValueCompletion {
  private let asked: CompletionRequest
  private var place: CursorPlace { asked.place }
  private var path: [Step] { asked.place.path }

  init(_ asked: CompletionRequest) {
    self.asked = asked
  }

  var items: [CompletionItem] {
    switch path.first?.key {
    case "include" where path.count <= 2:
      return FileCompletion(asked).items { name in
        (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !name.hasSuffix(".lock.yaml")
      }
    case "env" where path.count == 2 || path.last == .key("name"): return environment
    case "stages" where path.count > 2 && path[2] == .key("from"): return upstream
    case "search" where path.count > 2:
      let isGoal = path[2] == .key("maximize") || path[2] == .key("minimize")
      return isGoal ? goals : settings
    default: return settings
    }
  }

  /// The metrics of all stages.
  private var goals: [CompletionItem] {
    asked.stages.names.flatMap { stage in
      asked.metrics(of: stage).map { name, figure in
        CompletionItem(
          "\(stage).\(name)", .property, detail: "last: \(figure)",
          text: written("\(stage).\(name)"))
      }
    }
  }

  // MARK: Settings

  private var settings: [CompletionItem] {
    guard let (view, member) = asked.guide.settings(at: path) else { return [] }
    var items = view.values.map { value in
      // These are written as they are: 'true' in quotes would be a text.
      CompletionItem(
        value.name, .enumMember, detail: Markup.plain(value.summary),
        documentation: value.documentation, text: written(value.name, isName: true))
    }
    if let stage = asked.stage, takesColumns { items += columns(of: stage) }
    if view.textForms.contains("path") {
      items += FileCompletion(asked).items { _ in true }
    } else if items.isEmpty, let standard = member?.standard {
      items.append(
        CompletionItem(
          standard, .value, detail: "the default", text: written(standard, isName: true)))
    }
    return items
  }

  /// Whether names of the data's columns may stand here.
  private var takesColumns: Bool {
    guard asked.kind == "load" || asked.kind == "clean" else { return false }
    let keys = path.dropFirst(3).compactMap(\.key)
    return keys.last.map { ["target", "columns", "column", "group"].contains($0) }
      ?? false
  }

  private func columns(of stage: String) -> [CompletionItem] {
    let known = asked.stages.line(from: stage).lazy.compactMap { name in
      asked.request.surveys.values.lazy.compactMap { $0.columns[name] }.first
    }.first
    return (known ?? []).map { column in
      CompletionItem(column, .field, detail: "a column", text: written(column))
    }
  }

  // MARK: Stages

  private var upstream: [CompletionItem] {
    guard let stage = asked.stage else { return [] }
    if path.dropFirst(3).contains(.key("pick")) { return picked }
    let taken = Set(asked.stages.upstream(of: stage))
    return asked.stages.candidates(for: stage).filter { $0 == asked.prefix || !taken.contains($0) }
      .map { name in
        let kind = asked.stages.entries[name]?.value.mapping?.lazy
          .compactMap { asked.request.surroundings.catalog[$0.key] }.first
        return CompletionItem(
          name, .module, detail: kind?.kind ?? "", documentation: kind?.summary ?? "",
          text: written(name))
      }
  }

  /// The metrics of the stage whose instances are picked from.
  private var picked: [CompletionItem] {
    guard path.last == .key("max") || path.last == .key("min"),
      let stage = asked.outlines.first?.tree.node(at: path.dropLast(2))?["stage"]?.scalar?.text
    else { return [] }
    return asked.metrics(of: stage).map { name, figure in
      CompletionItem(name, .property, detail: "last: \(figure)", text: written(name))
    }
  }

  private var environment: [CompletionItem] {
    asked.request.surroundings.environment.keys.sorted().map {
      CompletionItem($0, .variable, text: written($0))
    }
  }

  private func written(_ text: String, isName: Bool = false) -> String {
    let isPlain = isName && place.quote == nil
    return (place.needsSpace ? " " : "")
      + (isPlain ? text : ScalarText.written(text, within: place.quote))
  }
}

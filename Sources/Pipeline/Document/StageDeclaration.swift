internal import Diagnostics
internal import YAML

/// A stage as the file writes it, before its matrix and its references are worked out.
final class StageDeclaration: Sendable {
  let name: String
  let nameRange: SourceRange
  let type: (any Stage.Type)?

  /// The key that names the kind, with the settings as written.
  let kind: Node.Entry?

  /// The other keys as written, but for the three below.
  let common: Node
  let from: FromClause?
  let matrix: Matrix?
  let condition: Condition?
  let conditionNode: Node?

  /// Whether `from`, `matrix` or `when` could not be read, so that nothing follows from them.
  let isBroken: Bool

  init(
    name: String, nameRange: SourceRange, type: (any Stage.Type)?, kind: Node.Entry?, common: Node,
    from: FromClause?, matrix: Matrix?, condition: Condition?, conditionNode: Node?, isBroken: Bool
  ) {
    self.name = name
    self.nameRange = nameRange
    self.type = type
    self.kind = kind
    self.common = common
    self.from = from
    self.matrix = matrix
    self.condition = condition
    self.conditionNode = conditionNode
    self.isBroken = isBroken
  }

  /// A stage that has to be through before this one, with the place that says so.
  struct Upstream {
    let stage: String
    let range: SourceRange

    /// What stands before and behind the stage's name there.
    var before = ""
    var after = ""

    /// What would be written there for another stage.
    func written(naming other: String) -> String { before + other + after }
  }

  /// The stages that have to be through before this one.
  var upstream: [Upstream] {
    let read = (from?.entries ?? []).map { entry in
      let (name, stage) = (entry.reference.name, entry.reference.stage)
      return Upstream(
        stage: stage, range: entry.reference.range, after: String(name.dropFirst(stage.count)))
    }
    let tested = (condition?.metricReferences ?? []).map { reference in
      Upstream(
        stage: reference.stage, range: range(of: reference.span), before: "metrics.",
        after: "." + reference.path.joined(separator: "."))
    }
    return read + tested
  }

  /// The place of a part of the condition.
  func range(of span: Condition.Span) -> SourceRange {
    conditionNode?.range(ofPartAt: span.offset, length: span.length) ?? nameRange
  }
}

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

  /// The stages that have to be through before this one, with the place that says so.
  var upstream: [(stage: String, range: SourceRange)] {
    let read = from?.entries.map { ($0.reference.stage, $0.reference.range) } ?? []
    let tested = (condition?.metricReferences ?? []).map { reference in
      (reference.stage, range(of: reference.span))
    }
    return read + tested
  }

  /// The place of a part of the condition.
  func range(of span: Condition.Span) -> SourceRange {
    conditionNode?.range(ofPartAt: span.offset, length: span.length) ?? nameRange
  }
}

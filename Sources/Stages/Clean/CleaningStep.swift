internal import Diagnostics
internal import Options
internal import Pipeline
internal import YAML

/// The settings of a cleaning step.
protocol CleaningStep: ChoiceMember {
  /// The patterns of columns that the step works on, as written; none where it takes all that there
  /// are.
  var namedColumns: [Pattern] { get }

  /// Whether the step works on images alone.
  var isForImages: Bool { get }

  /// Whether fitting reads the dataset itself, so that the steps before must have been written.
  var readsWrittenRows: Bool { get }

  /// Looks at the rows as the steps before leave them, and decides what becomes of each.
  func fit(_ data: CleaningData) throws -> FittedStep
}

extension CleaningStep {
  var namedColumns: [Pattern] { [] }

  var isForImages: Bool { false }

  var readsWrittenRows: Bool { false }

  /// What is wrong with the step for the data that is to be cleaned.
  ///
  /// - Parameter node: The step as written.
  func problems(with inputs: KnownInputs, _ node: Node) -> [Diagnostic] {
    let name = type(of: self).name
    let place = node.entry(name)?.keyRange ?? node.range
    if isForImages {
      return inputs.problem(
        needingImageFor: "'\(name)'", at: place,
        remedy: "remove the step, or load images")
    }
    let tables = inputs.makeups().compactMap(\.featureColumns)
    guard !tables.isEmpty, tables.count == inputs.makeups().count else { return [] }
    return namedColumns.compactMap { pattern in
      guard
        let names = tables.first(where: { names in
          !names.contains(pattern.text) && !names.contains(where: pattern.matches)
            // The parts of a date are named after its column.
            && !names.contains(where: { pattern.text.hasPrefix($0 + " ") })
        })
      else { return nil }
      var problem = Diagnostic(
        "no column matches '\(pattern.text)'",
        at: node.firstScalar(of: pattern.text)?.range ?? place)
      if let near = nearestName(to: pattern.text, in: names) {
        problem.notes.append(Note("did you mean '\(near)'?"))
      }
      return problem.adding(remedy: "columns are \(names.prefix(12).joined(separator: ", "))")
    }
  }
}

extension Node {
  /// The first text below the node that is the one asked for.
  fileprivate func firstScalar(of text: String) -> Node? {
    if let scalar { return scalar.text == text ? self : nil }
    let below = sequence ?? mapping?.map(\.value) ?? []
    return below.lazy.compactMap { $0.firstScalar(of: text) }.first
  }
}

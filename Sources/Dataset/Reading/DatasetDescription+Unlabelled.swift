internal import Diagnostics
internal import Network
internal import YAML

extension DatasetDescription {
  /// Refuses stored rows that this dataset's steps would make something else of than of its own.
  ///
  /// - Parameter stage: The stage that made the others, for messages.
  func requireSameRows(
    as other: DatasetDescription, of stage: String
  ) throws(Diagnostic) {
    for own in features {
      guard let given = other.feature(own.name) else {
        throw Self.mismatch(
          "the unlabelled rows of stage '\(stage)' lack the feature '\(own.name)'")
      }
      guard given.kind == own.kind, given.type == own.type, given.shape == own.shape else {
        throw Self.mismatch(
          "the unlabelled rows of stage '\(stage)' have '\(own.name)' as \(given.kind.rawValue) in the "
            + "shape \(given.shape), and those with labels as \(own.kind.rawValue) in the shape "
            + "\(own.shape)")
      }
      guard given.columns == own.columns, given.categories == own.categories,
        given.parts == own.parts, given.text == own.text, given.audio == own.audio
      else {
        throw Self.mismatch(
          "'\(own.name)' is made of other columns, texts or parts in the unlabelled rows of stage "
            + "'\(stage)', so that its values mean others")
      }
    }
    guard features.map(\.name) == other.features.map(\.name) else {
      throw Self.mismatch(
        "the unlabelled rows of stage '\(stage)' have features that those with labels lack")
    }
    guard Self.form(of: applied) == Self.form(of: other.applied) else {
      throw Self.mismatch(
        "the unlabelled rows of stage '\(stage)' were cleaned otherwise before they were stored")
    }
    let steps = Self.form(of: self.steps.filter { !$0.isTrainingOnly })
    let taken = Self.form(of: other.steps.filter { !$0.isTrainingOnly })
    guard steps.starts(with: taken) else {
      throw Self.mismatch(
        "the unlabelled rows of stage '\(stage)' go through other steps than those with labels")
    }
  }

  private static func form(of steps: [any DeferredStep]) -> [String] {
    steps.map { DeferredSteps.encode($0).canonicalJSON }
  }

  private static func mismatch(_ fact: String) -> Diagnostic {
    Diagnostic(
      fact,
      remedy:
        "load both in the same way, and give as 'unlabelled' the rows as they were loaded: they go "
        + "through the steps of those with labels")
  }
}

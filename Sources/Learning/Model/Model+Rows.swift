package import Dataset
package import Diagnostics
internal import Network
import YAML

extension DatasetDescription {
  /// What rows went through and go through on their way to a network, without augmentation. A model
  /// that learns from them takes it over.
  package var preparation: [any DeferredStep] { applied + steps.filter { !$0.isTrainingOnly } }
}

extension Model {
  /// A dataset as the network reads it: its rows go through all of the model's own steps.
  ///
  /// - Parameters:
  ///   - data: The stage that made the dataset, for messages.
  ///   - stage: The stage that made the model, for messages.
  /// - Throws: A diagnostic where the dataset's features are others than the model's, or its steps are not
  ///   the first of the model's with the same fitted values.
  package func reading(
    _ dataset: Dataset, of data: String, as stage: String
  ) throws(Diagnostic) -> Dataset {
    try requireFeatures(dataset.description.features, of: data, as: stage)
    let taken = dataset.description.preparation
    for (index, step) in taken.enumerated() {
      let kind = type(of: step).kind
      guard steps.indices.contains(index) else {
        throw mismatch(
          "the rows of stage '\(data)' go through '\(kind)', which those that the model of stage "
            + "'\(stage)' was trained on did not")
      }
      let own = type(of: steps[index]).kind
      guard own == kind else {
        throw mismatch(
          "the rows of stage '\(data)' go through '\(kind)' where those that the model of stage "
            + "'\(stage)' was trained on went through '\(own)'")
      }
      guard steps[index].value.canonicalJSON == step.value.canonicalJSON else {
        throw mismatch(
          "'\(kind)' has other values for the rows of stage '\(data)' than for those that the model "
            + "of stage '\(stage)' was trained on")
      }
    }
    return dataset.appending(steps.dropFirst(taken.count))
  }

  /// Refuses features that the network would take for others: those that are made of other columns or of the
  /// same in another order, or whose texts have other codes.
  package func requireFeatures(
    _ given: [Feature], of data: String, as stage: String
  ) throws(Diagnostic) {
    for own in features {
      guard let other = given.first(where: { $0.name == own.name }) else {
        throw mismatch(
          "the model of stage '\(stage)' reads the feature '\(own.name)', which the rows of stage "
            + "'\(data)' lack")
      }
      guard other.kind == own.kind, other.shape == own.shape else {
        throw mismatch(
          "the model of stage '\(stage)' reads '\(own.name)' as \(own.kind.rawValue) in the shape "
            + "\(own.shape), but the rows of stage '\(data)' have \(other.kind.rawValue) in the "
            + "shape \(other.shape)")
      }
      if let (column, instead) = zip(own.columns, other.columns).first(where: { $0 != $1 }) {
        throw mismatch(
          "the rows of stage '\(data)' have the column '\(instead)' in '\(own.name)' where those that "
            + "the model of stage '\(stage)' was trained on have '\(column)'")
      }
      guard other.categories == own.categories, other.parts == own.parts, other.text == own.text,
        other.audio == own.audio
      else {
        throw mismatch(
          "'\(own.name)' has other texts or parts in the rows of stage '\(data)' than in those that the "
            + "model of stage '\(stage)' was trained on, so that its codes mean others")
      }
    }
  }

  /// Refuses rows whose target is another than what the model answers.
  package func requireAnswers(
    to given: Target?, of data: String, as stage: String
  ) throws(Diagnostic) {
    guard let given else { return }
    guard given.task == target.task else {
      throw mismatch(
        "the model of stage '\(stage)' was made for a \(target.task.noun), and the rows of stage "
          + "'\(data)' are for a \(given.task.noun)")
    }
    guard given.classes == target.classes else {
      throw mismatch(
        "the rows of stage '\(data)' have other classes than those that the model of stage '\(stage)' "
          + "was trained on")
    }
    guard given.columns == target.columns || given.task == .multiLabel else {
      throw mismatch(
        "the rows of stage '\(data)' tell '\(given.name)', and the model of stage '\(stage)' answers "
          + "'\(target.name)'")
    }
  }

  private func mismatch(_ fact: String) -> Diagnostic {
    Diagnostic(
      fact,
      remedy: "give the dataset that the model was trained on, or one from which that was made")
  }
}

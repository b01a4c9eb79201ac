package import Dataset
package import Diagnostics
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
  /// - Throws: A diagnostic where the dataset's steps are not the first of the model's, with the
  ///   same fitted values.
  package func reading(
    _ dataset: Dataset, of data: String, as stage: String
  ) throws(Diagnostic) -> Dataset {
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

  private func mismatch(_ fact: String) -> Diagnostic {
    Diagnostic(
      fact,
      remedy: "give the dataset that the model was trained on, or one from which that was made")
  }
}

internal import Dataset
internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import Pipeline
internal import YAML

extension ModelPreset {
  /// What is wrong with the model for the data that it is to learn from.
  ///
  /// - Parameter node: The model as written.
  func problems(with inputs: KnownInputs, _ node: Node) -> [Diagnostic] {
    guard preset.needsImage else { return [] }
    let name = type(of: preset).name
    return inputs.problem(
      needingImageFor: "the \(name) model", at: node.entry(name)?.keyRange ?? node.range,
      remedy: "use an mlp, or declare the image's columns with 'features' where data is loaded")
  }
}

extension KnownInputs {
  /// A loss that does not suit what the data is said to teach.
  ///
  /// - Parameter node: The settings that name it, as written.
  func problems(withLoss loss: LossFunction?, _ node: Node) -> [Diagnostic] {
    guard let loss else { return [] }
    let tasks = Set(makeups().map(\.task))
    guard tasks.count == 1, let task = tasks.first ?? nil, task != RowRequest.Task.none,
      loss.isForClasses != (task == .classification)
    else { return [] }
    return [
      Diagnostic(
        "the loss '\(loss.name)' does not suit a \(task.name)", at: (node["loss"] ?? node).range,
        remedy: loss.isForClasses ? "use mse, mae or huber" : "use cross-entropy or focal")
    ]
  }
}

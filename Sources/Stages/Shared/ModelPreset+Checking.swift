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
  /// Options about classes where the data is said to teach values.
  ///
  /// - Parameter node: The settings of a training, as written.
  func problems(ofClassesIn settings: Train.Settings, _ node: Node) -> [Diagnostic] {
    let tasks = Set(makeups().map(\.task))
    guard tasks == [.regression] else { return [] }
    var problems: [Diagnostic] = []
    if settings.labelSmoothing > 0, settings.loss?.isForClasses ?? true {
      problems.append(
        Diagnostic(
          "labels of values cannot be smoothed", at: (node["label-smoothing"] ?? node).range,
          remedy: "leave 'label-smoothing' out"))
    }
    if settings.classWeights != nil {
      problems.append(
        Diagnostic(
          "class weights need classes, but the target is a regression",
          at: (node["class-weights"] ?? node).range, remedy: "leave 'class-weights' out"))
    }
    return problems
  }

  /// A loss that does not suit what the data is said to teach.
  ///
  /// - Parameter node: The settings that name it, as written.
  func problems(withLoss loss: LossFunction?, _ node: Node) -> [Diagnostic] {
    let tasks = Set(makeups().map(\.task))
    guard let loss, tasks.count == 1, let task = tasks.first??.target, !loss.suits(task) else {
      return []
    }
    return [
      Diagnostic(
        "the loss '\(loss.name)' does not suit a \(task.noun)", at: (node["loss"] ?? node).range,
        remedy: LossFunction.remedy(for: task))
    ]
  }

  /// A temperature where the data is said to teach values.
  ///
  /// - Parameter node: The settings of a distillation, as written.
  func problems(withTemperatureIn node: Node) -> [Diagnostic] {
    guard Set(makeups().map(\.task)) == [.regression], let temperature = node["temperature"] else {
      return []
    }
    return [
      Diagnostic(
        "a temperature softens classes, and the target is a regression", at: temperature.range,
        remedy: "leave 'temperature' out")
    ]
  }
}

extension RowRequest.Task {
  /// What a model learns; nil where it learns nothing.
  var target: Target.Task? {
    switch self {
    case .classification: .classification
    case .regression: .regression
    case .multiLabel: .multiLabel
    case .none: nil
    }
  }
}

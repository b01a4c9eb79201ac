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
    let name = type(of: preset).name
    let place = node.entry(name)?.keyRange ?? node.range
    let makeups = inputs.makeups()
    if let kinds = preset.reads, !makeups.isEmpty,
      makeups.allSatisfy({ $0.kinds.isDisjoint(with: kinds) })
    {
      let nouns = FeatureKind.allCases.filter(kinds.contains).map(\.traits.noun)
      return [
        Diagnostic(
          "the \(name) model needs \(nouns.contains("image") ? "an image" : kinds == [.text] ? "a text" : "a sound"), and the data has none",
          at: place,
          remedy:
            "use an mlp, or declare the \(nouns[0])'s columns with 'features' where data is loaded")
      ]
    }
    let known = Set(makeups.map(\.inputs))
    guard known.count == 1, let features = known.first ?? nil else { return [] }
    return shapeProblem(for: features, node).map { [$0] } ?? []
  }

  /// The network for features of known shapes; its outputs are not known, and their number is taken for one.
  func network(with inputs: KnownInputs) -> Network? {
    let known = Set(inputs.makeups().map(\.inputs))
    guard known.count == 1, let features = known.first ?? nil else { return nil }
    if let list = preset as? LayerList { return try? list.build(for: features, outputs: nil) }
    return try? preset.network(for: features, outputs: 1)
  }

  /// The first layer that does not fit features of known shapes, at its place.
  ///
  /// - Parameter node: The model as written.
  private func shapeProblem(for features: [NetworkInput], _ node: Node) -> Diagnostic? {
    let name = type(of: preset).name
    if let list = preset as? LayerList {
      do {
        _ = try list.build(for: features, outputs: nil)
        return nil
      } catch {
        var problem = error.problem
        problem.range = error.range(in: node[name] ?? node)
        return problem
      }
    }
    do {
      _ = try preset.network(for: features, outputs: 1)
      return nil
    } catch {
      var problem = error
      problem.range = (node[name] ?? node).range
      return problem
    }
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

  /// Patterns of layers that match none of the network's.
  ///
  /// - Parameters:
  ///   - model: What is trained; none where only the run tells.
  ///   - node: The settings of a training or a distillation, as written.
  func problems(
    with patterns: [LayerSetting.Entry], of model: ModelPreset?, _ node: Node
  ) -> [Diagnostic] {
    guard !patterns.isEmpty, let network = model?.network(with: self) else { return [] }
    return patterns.compactMap { entry in
      do throws(Diagnostic) {
        _ = try entry.setting.names(matching: [entry.pattern], in: network)
        return nil
      } catch {
        var problem = error
        problem.range = (entry.setting.node(in: node) ?? node).range
        return problem
      }
    }
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

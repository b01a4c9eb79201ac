internal import Dataset
package import Diagnostics
internal import Learning
internal import Network
internal import Options
package import Pipeline
package import YAML

/// How large the network of a stage is going to be, and which of its layers the patterns of the settings match,
/// told from what is known of the rows that it reads or of the model that it goes on with.
package struct NetworkForecast: Hashable, Sendable {
  package let parameters: Int
  /// For one row.
  package let multiplyAccumulates: Int
  /// What each pattern of layers comes to.
  package let matches: [Match]
  /// What a training's recipe leaves open and the rows decide.
  package let choices: [Choice]

  /// A setting of the training that was left open, what it comes to, and why.
  package struct Choice: Hashable, Sendable {
    package let name: String
    package let value: String
    package let reason: String
  }

  /// The layers that a pattern of the settings matches.
  package struct Match: Hashable, Sendable {
    package let setting: String
    package let pattern: String
    package let layers: Int
    package let parameters: Int

    var value: Value {
      [
        "setting": .string(setting), "pattern": .string(pattern), "layers": .int(layers),
        "parameters": .int(parameters),
      ]
    }
  }

  /// Whether a stage makes a network of its own from rows.
  package static func concerns(_ instance: StageInstance) -> Bool {
    preset(of: instance) != nil
  }

  /// Whether a stage goes on with a trained network, of whose layers its settings choose some.
  package static func concernsTrained(_ instance: StageInstance) -> Bool {
    training(of: instance).map { $0.model == nil && !$0.patterns.isEmpty } ?? false
  }

  /// - Parameters:
  ///   - instance: A stage that goes on with a trained network; see `concernsTrained`.
  ///   - model: The `network.json` of that.
  /// - Throws: A pattern that matches no layer.
  package init?(of instance: StageInstance, goingOnWith model: [UInt8]) throws(Diagnostic) {
    guard let root = try? Node(parsing: model, file: Model.networkFile, limits: .data),
      let layers = root["network"], let network = try? Network(layers)
    else { return nil }
    try self.init(network, of: instance)
  }

  private init(
    _ network: Network, of instance: StageInstance, _ recipe: TrainingRecipe? = nil,
    on dataset: DatasetDescription? = nil
  ) throws(Diagnostic) {
    choices =
      if let recipe, let dataset {
        FittedRecipe(recipe, for: TrainingFacts(network, on: dataset)).choices.map {
          Choice(name: $0.name, value: $0.value, reason: $0.reason)
        }
      } else {
        []
      }
    parameters = network.parameterCount
    multiplyAccumulates = network.multiplyAccumulates
    var matches: [Match] = []
    for entry in Self.training(of: instance)?.patterns ?? [] {
      let names: [String]
      do throws(Diagnostic) {
        names = try entry.setting.names(matching: [entry.pattern], in: network)
      } catch {
        var problem = error
        problem.range = instance.settings.places[entry.setting.rawValue]
        throw problem
      }
      matches.append(
        Match(
          setting: entry.setting.rawValue, pattern: entry.pattern.text, layers: names.count,
          parameters: network.parameterCount(of: names)))
    }
    self.matches = matches
  }

  /// Builds the network without its parameters.
  ///
  /// - Parameters:
  ///   - instance: A stage that makes a network; see `concerns`.
  ///   - dataset: The `dataset.json` of the rows.
  /// - Throws: What keeps the network from being built, at its place in the pipeline.
  package init?(of instance: StageInstance, on dataset: [UInt8]) throws(Diagnostic) {
    guard let preset = Self.preset(of: instance),
      let value = try? Value(parsingJSON: dataset),
      let description = try? DatasetDescription(value, file: "dataset.json"),
      let shape = try? LearningShape(description)
    else { return nil }
    try self.init(
      shape.network(preset, at: instance.settings.places), of: instance,
      Self.recipe(of: instance), on: description)
  }

  package var value: Value {
    var value: Value = [
      "parameters": .int(parameters), "multiply-accumulates": .int(multiplyAccumulates),
    ]
    if !choices.isEmpty {
      value["chosen"] = .object(
        Dictionary(choices.map { ($0.name, .string($0.value)) }, uniquingKeysWith: { $1 }))
    }
    if !matches.isEmpty { value["patterns"] = .array(matches.map(\.value)) }
    return value
  }

  private static func recipe(of instance: StageInstance) -> TrainingRecipe? {
    instance.kind == Distill.kind
      ? (try? Distill.Settings.decode(instance.settings.value, from: "settings"))?.training
      : training(of: instance)?.training
  }

  private static func training(of instance: StageInstance) -> Train.Settings? {
    guard instance.kind == Train.kind else { return nil }
    return try? Train.Settings.decode(instance.settings.value, from: "settings")
  }

  private static func preset(of instance: StageInstance) -> ModelPreset? {
    let settings = instance.settings.value
    switch instance.kind {
    case Train.kind:
      return training(of: instance)?.model
    case Distill.kind:
      return (try? Distill.Settings.decode(settings, from: "settings"))?.student
    default: return nil
    }
  }
}

extension LearningShape {
  /// Builds a preset; what does not fit is told at its place.
  ///
  /// - Parameter places: The places of a stage's settings, as `ModelPreset.places` names them.
  func network(
    _ preset: ModelPreset, at places: [String: SourceRange]
  ) throws(Diagnostic) -> Network {
    do {
      guard let list = preset.preset as? LayerList else { return try network(preset) }
      return try inUnit(list.build(for: inputs, outputs: outputs))
    } catch let fault as LayerList.Fault {
      var problem = fault.problem
      problem.range =
        fault.index.flatMap { places[ModelPreset.place(ofLayer: $0)] }
        ?? places[ModelPreset.place]
      throw problem
    } catch let found as Diagnostic {
      var problem = found
      problem.range = problem.range ?? places[ModelPreset.place]
      throw problem
    } catch {
      throw Diagnostic("\(error)", at: places[ModelPreset.place])
    }
  }
}

extension ModelPreset {
  /// What the places of a model and of its layers are called.
  static let place = "model"

  static func place(ofLayer index: Int) -> String { "layer \(index + 1)" }

  /// The places that failures of a run point at.
  ///
  /// - Parameter node: The model as written.
  static func places(_ node: Node?) -> [String: SourceRange] {
    guard let node else { return [:] }
    var places = [place: node.mapping?.first?.keyRange ?? node.range]
    for (index, layer) in (node[LayerList.name]?.sequence ?? []).enumerated() {
      places[place(ofLayer: index)] = layer.range
    }
    return places
  }
}

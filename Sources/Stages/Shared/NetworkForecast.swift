internal import Dataset
package import Diagnostics
internal import Learning
internal import Network
internal import Options
package import Pipeline
package import YAML

/// How large the network of a stage is going to be, told from what is known of the rows that it reads.
package struct NetworkForecast: Hashable, Sendable {
  package let parameters: Int
  /// For one row.
  package let multiplyAccumulates: Int

  /// Whether a stage makes a network of its own from rows.
  package static func concerns(_ instance: StageInstance) -> Bool {
    preset(of: instance) != nil
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
    let network = try shape.network(preset, at: instance.settings.places)
    parameters = network.parameterCount
    multiplyAccumulates = network.multiplyAccumulates
  }

  package var value: Value {
    ["parameters": .int(parameters), "multiply-accumulates": .int(multiplyAccumulates)]
  }

  private static func preset(of instance: StageInstance) -> ModelPreset? {
    let settings = instance.settings.value
    switch instance.kind {
    case Train.kind:
      return (try? Train.Settings.decode(settings, from: "settings"))?.model
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

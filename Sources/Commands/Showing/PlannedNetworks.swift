internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Running
internal import Stages
internal import YAML

/// How large the networks are going to be that a pipeline's stages make, where the rows that they learn from
/// are there already.
struct PlannedNetworks {
  /// What is known of one stage's network.
  struct Entry {
    fileprivate let forecast: NetworkForecast?
    /// The stage whose rows, or whose model, it is about.
    fileprivate let source: String
    /// What of the stage it is.
    fileprivate let role: Role

    /// Such as `network of 272,474 parameters`.
    var topic: String {
      guard let forecast else { return "network unknown" }
      return "network of \(forecast.parameters.grouped) parameters"
    }

    var reason: String {
      guard let forecast else {
        return "it follows from the \(role.rawValue) of '\(source)', which has not run yet"
      }
      let size = "\(forecast.multiplyAccumulates.grouped) multiply-accumulates for each row"
      return size + (role == .rows ? " of '\(source)'" : ", taken from '\(source)'")
    }

    /// What the rows decide of the training, such as `epochs 50`, and what each pattern of layers comes to, such as
    /// `freeze 'stage1.*'`.
    var details: [(topic: String, reason: String)] {
      let choices = (forecast?.choices ?? []).map { ("\($0.name) \($0.value)", $0.reason) }
      return choices
        + (forecast?.matches ?? []).map { match in
          (
            "\(match.setting) '\(match.pattern)'",
            "it matches \(match.layers.counted("layer")) with \(match.parameters.grouped) parameters"
          )
        }
    }

    var value: Value {
      ["value": forecast?.value ?? .null, "reason": .string(reason)]
    }
  }

  fileprivate enum Role: String {
    case rows, model
  }

  private var entries: [String: Entry] = [:]

  init() {}

  /// - Parameters:
  ///   - statuses: One for each instance of the graph.
  ///   - root: The store, which need not be there.
  /// - Throws: Layers that do not fit the rows, at their places.
  init(
    _ graph: PipelineGraph, _ statuses: [StageStatus], store root: String
  ) throws(Diagnostics) {
    let standing = Dictionary(statuses.map { ($0.address, $0) }) { first, _ in first }
    let store = try? Store(inspecting: root)
    var problems = Diagnostics()
    for instance in graph.instances {
      let role: Role
      let source: String?
      if NetworkForecast.concerns(instance) {
        (role, source) = (.rows, Self.rows(of: instance, in: graph, standing))
      } else if NetworkForecast.concernsTrained(instance) {
        (role, source) = (.model, Self.source(of: instance, "model", standing))
      } else {
        continue
      }
      guard let source else { continue }
      var forecast: NetworkForecast?
      let file = role == .rows ? "dataset.json" : "network.json"
      if let output = standing[source]?.output,
        let bytes = store?.contents(of: file, in: output, atMost: 1 << 26)
      {
        do throws(Diagnostic) {
          forecast =
            role == .rows
            ? try NetworkForecast(of: instance, on: bytes)
            : try NetworkForecast(of: instance, goingOnWith: bytes)
        } catch {
          var problem = error
          problem.range = problem.range ?? instance.range
          problems.add(problem)
          continue
        }
      }
      entries[instance.address] = Entry(forecast: forecast, source: source, role: role)
    }
    try problems.sorted().throwIfErrors()
  }

  subscript(address: String) -> Entry? { entries[address] }

  /// The stage that has the rows, or rows of the same shape where one before it has not run yet.
  private static func rows(
    of instance: StageInstance, in graph: PipelineGraph, _ statuses: [String: StageStatus]
  ) -> String? {
    var address = source(of: instance, "data", statuses)
    while let current = address, !(statuses[current]?.isFresh ?? false),
      let stage = graph[current], ["normalize", "augment"].contains(stage.kind),
      let before = source(of: stage, "data", statuses)
    {
      address = before
    }
    return address
  }

  /// The one stage that fills a role of an instance, if it is known.
  private static func source(
    of instance: StageInstance, _ role: String, _ statuses: [String: StageStatus]
  ) -> String? {
    let known = statuses[instance.address]?.inputs[role]
    let candidates = known ?? instance.inputs[role]?.flatMap(\.candidates) ?? []
    return candidates.count == 1 ? candidates[0] : nil
  }
}

extension Int {
  /// The digits in groups of three.
  fileprivate var grouped: String {
    let digits = Array(String(self))
    return digits.indices.reduce(into: "") { text, index in
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digits[index])
    }
  }
}

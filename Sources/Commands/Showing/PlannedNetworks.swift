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
    /// The stage whose rows it is about.
    fileprivate let rows: String

    /// Such as `network of 272,474 parameters`.
    var topic: String {
      guard let forecast else { return "network unknown" }
      return "network of \(forecast.parameters.grouped) parameters"
    }

    var reason: String {
      guard let forecast else {
        return "it follows from the rows of '\(rows)', which has not run yet"
      }
      return
        "\(forecast.multiplyAccumulates.grouped) multiply-accumulates for each row of '\(rows)'"
    }

    var value: Value {
      ["value": forecast?.value ?? .null, "reason": .string(reason)]
    }
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
    for instance in graph.instances where NetworkForecast.concerns(instance) {
      guard let rows = Self.rows(of: instance, in: graph, standing) else { continue }
      var forecast: NetworkForecast?
      if let output = standing[rows]?.output,
        let bytes = store?.contents(of: "dataset.json", in: output, atMost: 1 << 26)
      {
        do throws(Diagnostic) {
          forecast = try NetworkForecast(of: instance, on: bytes)
        } catch {
          problems.add(error)
          continue
        }
      }
      entries[instance.address] = Entry(forecast: forecast, rows: rows)
    }
    try problems.sorted().throwIfErrors()
  }

  subscript(address: String) -> Entry? { entries[address] }

  /// The stage that has the rows, or rows of the same shape where one before it has not run yet.
  private static func rows(
    of instance: StageInstance, in graph: PipelineGraph, _ statuses: [String: StageStatus]
  ) -> String? {
    var address = source(of: instance, statuses)
    while let current = address, !(statuses[current]?.isFresh ?? false),
      let stage = graph[current], ["normalize", "augment"].contains(stage.kind),
      let before = source(of: stage, statuses)
    {
      address = before
    }
    return address
  }

  /// The one stage whose dataset an instance reads, if it is known.
  private static func source(
    of instance: StageInstance, _ statuses: [String: StageStatus]
  ) -> String? {
    let known = statuses[instance.address]?.inputs["data"]
    let candidates = known ?? instance.inputs["data"]?.flatMap(\.candidates) ?? []
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

package import Diagnostics
internal import Options
internal import YAML

/// A search that a pipeline offers.
package struct SearchDeclaration: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let settings: SearchSettings
  let node: Node

  /// The metrics that it asks for, with what each is for: goals first.
  package var goals: [WatchedMetric] {
    settings.maximize.elements.map { WatchedMetric(isMaximized: true, metric: $0) }
      + settings.minimize.elements.map { WatchedMetric(isMaximized: false, metric: $0) }
  }

  /// What metrics have to come to, by metric and in their order.
  package var bounds: [(metric: MetricAddress, limit: Double, isFloor: Bool)] {
    [("floor", settings.floor, true), ("ceiling", settings.ceiling, false)].flatMap {
      key, limits, isFloor in
      limits.sorted { $0.key < $1.key }.map { name, limit in
        let range = node[key]?.entry(name)?.keyRange ?? node.range
        return (metric: MetricAddress(name, at: range), limit: limit, isFloor: isFloor)
      }
    }
  }

  /// What is compared at the rungs of successive halving; `nil` for other methods.
  package var watched: WatchedMetric? {
    guard case .successiveHalving(let settings) = settings.method else { return nil }
    return settings.watch ?? goals.first
  }

  /// All metrics that it asks a whole trial for.
  package var metrics: [MetricAddress] { goals.map(\.metric) + bounds.map(\.metric) }
}

/// The searches of a pipeline, as far as they can be read without knowing its stages.
struct Searches {
  private(set) var declared: [SearchDeclaration] = []
  private(set) var problems = Diagnostics()

  /// - Parameters:
  ///   - node: the mapping under `search`, if there is one.
  ///   - root: the pipeline, to see whether paths lead somewhere.
  init(_ node: Node?, in root: Node) {
    guard let node, !node.isNull else { return }
    if let problem = TopKeys.problem(withFormOf: "search", node) {
      problems.add(problem)
      return
    }
    for entry in node.mapping ?? [] { read(entry, in: root) }
  }

  private mutating func read(_ entry: Node.Entry, in root: Node) {
    if SearchSettings.names.contains(entry.key), entry.value["over"] == nil {
      problems.add(
        Diagnostic(
          "'\(entry.key)' stands in no search", at: entry.keyRange,
          remedy: "give the search a name: search: {best: {\(entry.key): …}}"))
      return
    }
    if let problem = NameRule.problem(with: entry.key, noun: "search", at: entry.keyRange) {
      problems.add(problem)
    }
    var found = Diagnostics()
    let settings = SearchSettings.decode(entry.value, into: &found)
    if let settings, !found.hasErrors {
      for parameter in settings.over.entries {
        var copy = root
        do throws(Diagnostics) { try copy.apply(try parameter.override(parameter.probes[0])) } catch
        {
          // What another setting of the search makes room for is looked at with that in place.
          guard parameter.parameter.conditions.isEmpty else { continue }
          found.add(contentsOf: error.all)
        }
      }
      declared.append(
        SearchDeclaration(
          name: entry.key, nameRange: entry.keyRange, settings: settings, node: entry.value))
    }
    problems.add(
      contentsOf: found.map {
        $0.notes.isEmpty ? $0.adding(remedy: "'anneal help search' shows what may stand here") : $0
      })
  }
}

extension SearchSpace.Entry {
  /// The change that gives the setting a value, at the places of the search.
  func override(_ value: Node) throws(Diagnostics) -> Override {
    try Override(Node.Entry(key: written.key, keyRange: written.keyRange, value: value))
  }
}

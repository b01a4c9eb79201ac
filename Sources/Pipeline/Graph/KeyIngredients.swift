package import Artifacts
package import YAML

/// What entered a key, with what it takes to speak of it.
package struct KeyIngredients: Hashable, Sendable {
  package let values: Value

  /// The addresses of the instances that fill each role, as far as known.
  package let sources: [String: [String]]

  /// The pipeline's seed, which people know, while a stage's own is made of it.
  package let pipelineSeed: Int?

  package init(_ values: Value, sources: [String: [String]] = [:], pipelineSeed: Int? = nil) {
    self.values = values
    self.sources = sources
    self.pipelineSeed = pipelineSeed
  }

  package init(of key: StageKey, in graph: PipelineGraph) {
    self.init(key.ingredients, sources: key.sources, pipelineSeed: graph.seed)
  }

  /// What would enter an instance's key if its upstream stages had the results that they had before.
  ///
  /// - Parameters:
  ///   - past: what entered its key then.
  ///   - files: the digests of the files that it reads, or `nil` to take these as they were too.
  package init(
    of instance: StageInstance, in graph: PipelineGraph, assuming past: KeyIngredients,
    files: [String: Digest]?
  ) {
    let before = past.values["inputs"]
    var inputs: [String: Value] = [:]
    var sources: [String: [String]] = [:]
    for (role, upstream) in instance.inputs {
      let known = past.sources[role] ?? []
      let names = upstream.map { input in
        known.first(where: input.candidates.contains) ?? input.candidates.first ?? ""
      }
      sources[role] = names
      let digests = before?[role]
      inputs[role] =
        instance.settings.names(role)
        ? .object(
          Dictionary(
            names.map(InputVariable.name).map { ($0, digests?[$0] ?? .null) }
          ) { first, _ in first })
        : .array(
          upstream.indices.map { position in
            let digests = digests?.array ?? []
            return position < digests.count ? digests[position] : .null
          })
    }
    self.init(
      StageKey.ingredients(
        of: instance, numerics: graph.numerics, inputs: .object(inputs),
        files: files.map { .object($0.mapValues { .string($0.hex) }) } ?? past.values["files"]
          ?? [:]),
      sources: sources, pipelineSeed: graph.seed)
  }

  /// The past ingredients that these differ least from, the first of several.
  package func closest(among past: [KeyIngredients]) -> KeyIngredients? {
    past.min { differences(from: $0) < differences(from: $1) }
  }

  /// How many single values differ.
  package func differences(from past: KeyIngredients) -> Int {
    Self.differences(past.values, values)
  }

  private static func differences(_ old: Value?, _ new: Value?) -> Int {
    if old == new { return 0 }
    switch (old, new) {
    case (.object(let before)?, .object(let after)?):
      return Set(before.keys).union(after.keys).reduce(0) { count, key in
        count + differences(before[key], after[key])
      }
    case (.array(let before)?, .array(let after)?) where before.count == after.count:
      return zip(before, after).reduce(0) { count, pair in count + differences(pair.0, pair.1) }
    default:
      return 1
    }
  }
}

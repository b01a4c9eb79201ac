internal import Synchronization
package import YAML

/// Where keys stand that lie below some settings: `learning-rate` in `optimizer: {adamw: …}`.
package struct DeeperKeys: Sendable {
  /// A key with those that lead to it, the outermost first.
  package struct Place: Hashable, Sendable {
    package let path: [String]

    /// Whether each case on the way is the default.
    let isUsual: Bool

    /// How a value stands there, such as `optimizer: {adamw: {learning-rate: 0.01}}`.
    package func written(_ value: String) -> String {
      let inner = path.dropFirst().reversed().reduce(value) { inner, key in "{\(key): \(inner)}" }
      return "\(path[0]): \(inner)"
    }
  }

  private let places: [String: [Place]]

  /// Deeper than this nobody means.
  private static let deepest = 5

  init(below schema: Schema) {
    var search = Search()
    search.run(from: schema)
    places = search.places
  }

  /// The place of a key, the nearest first.
  ///
  /// - Parameter entries: what is written beside it; of several cases the one that is chosen there counts,
  ///   otherwise the usual one.
  package func place(of key: String, beside entries: [Node.Entry]) -> Place? {
    let candidates = places[key] ?? []
    let fitting = candidates.filter { place in
      guard let entry = entries.first(where: { $0.key == place.path[0] }), place.path.count > 2
      else { return true }
      let chosen = entry.value.scalar?.text ?? entry.value.mapping?.first?.key
      return chosen == nil || chosen == place.path[1]
    }
    let shortest = fitting.map(\.path.count).min()
    let nearest = fitting.filter { $0.path.count == shortest }
    return nearest.first(where: \.isUsual) ?? nearest.first
  }

  /// Walks through a schema in breadth.
  private struct Search {
    var places: [String: [Place]] = [:]

    private struct Step {
      let schema: Schema
      let path: [String]
      let isUsual: Bool

      /// What stands there by default.
      let value: Value?
    }

    mutating func run(from schema: Schema) {
      var waiting = [Step(schema: schema, path: [], isUsual: true, value: nil)][...]
      while let step = waiting.popFirst() {
        guard step.path.count < DeeperKeys.deepest else { continue }
        for named in step.schema.directTypes {
          waiting += next(from: step, into: named.definition())
        }
      }
    }

    private mutating func next(from step: Step, into definition: Schema.Definition) -> [Step] {
      switch definition.members {
      case .fields(let fields):
        return fields.map { field in
          let path = step.path + [field.name]
          if path.count > 1 { add(field.name, Place(path: path, isUsual: step.isUsual)) }
          return Step(
            schema: field.schema, path: path, isUsual: step.isUsual, value: field.defaultValue)
        }
      case .cases(let cases):
        return cases.compactMap { option in
          guard let payload = option.payload else { return nil }
          let isUsual = step.isUsual && (step.value?[option.name] != nil || cases.count == 1)
          let path = step.path + [option.name]
          if path.count > 1 { add(option.name, Place(path: path, isUsual: isUsual)) }
          return Step(
            schema: payload, path: path, isUsual: isUsual, value: step.value?[option.name])
        }
      }
    }

    private mutating func add(_ key: String, _ place: Place) {
      places[key, default: []].append(place)
    }
  }
}

extension DeeperKeys {
  /// The keys below a type, found when they are first asked for.
  package static func kept(for type: Any.Type, _ schema: @autoclosure () -> Schema) -> DeeperKeys {
    let identifier = ObjectIdentifier(type)
    if let kept = keptKeys.withLock({ $0[identifier] }) { return kept }
    let made = DeeperKeys(below: schema())
    keptKeys.withLock { $0[identifier] = made }
    return made
  }
}

private let keptKeys = Mutex<[ObjectIdentifier: DeeperKeys]>([:])

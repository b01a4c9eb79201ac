internal import Synchronization

/// The parts that a type of settings or a choice is described by, found by name.
///
/// A description is a list that code builds; building it for every value that is read would cost more
/// than the reading, so each type's is built once in a process.
struct DescriptionTable<Part: Sendable>: Sendable {
  let all: [Part]
  let names: [String]
  private let positions: [String: Int]

  init(_ parts: [Part], name: (Part) -> String) {
    all = parts
    names = parts.map(name)
    positions = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
  }

  subscript(name: String) -> Part? { positions[name].map { all[$0] } }

  /// The table of a type, made when it is first asked for.
  static func kept(for type: Any.Type, make: () -> Self) -> Self {
    let identifier = ObjectIdentifier(type)
    if let kept = keptTables.withLock({ $0[identifier] }) as? Self { return kept }
    // Made outside of the lock, because a description may ask for those of other types.
    let made = make()
    keptTables.withLock { $0[identifier] = made }
    return made
  }
}

private let keptTables = Mutex<[ObjectIdentifier: any Sendable]>([:])

extension Options {
  /// The keys of the settings, in the order of their description.
  package static var names: [String] { table.names }

  static var table: DescriptionTable<Field<Self>> {
    .kept(for: Self.self) { DescriptionTable(fields) { $0.name } }
  }
}

extension Choice {
  static var table: DescriptionTable<Case<Self>> {
    .kept(for: Self.self) { DescriptionTable(cases) { $0.name } }
  }
}

/// The problems found in one pass, in the order in which they were added and each only once.
package struct Diagnostics: Error, Sendable {
  package private(set) var all: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []

  package init() {}

  package init(_ diagnostics: some Sequence<Diagnostic>) {
    add(contentsOf: diagnostics)
  }

  package init(_ diagnostic: Diagnostic) {
    add(diagnostic)
  }

  /// Adds a diagnostic unless the very same one is there, as when an alias is read twice.
  package mutating func add(_ diagnostic: Diagnostic) {
    if seen.insert(diagnostic).inserted {
      all.append(diagnostic)
    }
  }

  package mutating func add(contentsOf diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics {
      add(diagnostic)
    }
  }

  package var hasErrors: Bool { all.contains { $0.severity == .error } }

  package func throwIfErrors() throws(Diagnostics) {
    if hasErrors {
      throw self
    }
  }

  /// The same diagnostics by place; those without a place come last, otherwise in their order.
  package func sorted() -> Diagnostics {
    let order = all.indices.sorted { left, right in
      switch (all[left].location, all[right].location) {
      case (let first?, let second?) where first != second: first < second
      case (.some, .none): true
      case (.none, .some): false
      default: left < right
      }
    }
    return Diagnostics(order.map { all[$0] })
  }
}

extension Diagnostics: Equatable {
  package static func == (left: Diagnostics, right: Diagnostics) -> Bool { left.all == right.all }
}

extension Diagnostics: RandomAccessCollection {
  package var startIndex: Int { all.startIndex }
  package var endIndex: Int { all.endIndex }
  package subscript(position: Int) -> Diagnostic { all[position] }
}

extension Diagnostics: CustomStringConvertible {
  package var description: String { all.map(\.description).joined(separator: "\n") }
}

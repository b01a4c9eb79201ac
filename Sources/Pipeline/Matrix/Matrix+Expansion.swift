package import Diagnostics
internal import YAML

extension Matrix {
  /// The most instances that one stage may have.
  package static let largest = 1000

  /// Every combination, the last name varying fastest, without the excluded and with the included.
  ///
  /// As in GitHub Actions, an included mapping extends every combination whose own values it agrees
  /// with, and makes a new one where there is none.
  package func combinations() throws(Diagnostic) -> [Coordinates] {
    let count = axes.reduce(1) { count, axis in
      min(count * axis.values.count, Self.largest + 1)
    }
    guard count + include.count <= Self.largest else {
      throw Self.tooLarge(at: range)
    }
    let original = axes.isEmpty ? [] : product().filter { !isExcluded($0) }
    var combinations = original
    var added: [[String: Node]] = []
    for mapping in include {
      let members = Dictionary((mapping.mapping ?? []).map { ($0.key, $0.value) }) { first, _ in
        first
      }
      let extended = original.indices.filter { Self.agree(original[$0], members) }
      for index in extended { combinations[index].merge(members) { _, new in new } }
      if extended.isEmpty { added.append(members) }
    }
    combinations += added
    guard !combinations.isEmpty else {
      throw Diagnostic(
        "the matrix excludes every combination", at: range, remedy: "exclude fewer")
    }
    let all = distinct(combinations.map { coordinates(of: $0) })
    try checkNames(of: all)
    return all
  }

  /// Tells lists and mappings apart that are called alike.
  private func distinct(_ all: [Coordinates]) -> [Coordinates] {
    var named: [String: Set<Value>] = [:]
    for coordinate in all.flatMap(\.all) where coordinate.node.scalar == nil {
      named["\(coordinate.name)=\(coordinate.label)", default: []].insert(coordinate.node.value)
    }
    let ambiguous = named.filter { $0.value.count > 1 }
    guard !ambiguous.isEmpty else { return all }
    return all.map { coordinates in
      Coordinates(
        coordinates.all.map { coordinate in
          var coordinate = coordinate
          if ambiguous["\(coordinate.name)=\(coordinate.label)"] != nil {
            coordinate.label += "-" + MatrixLabel.digest(of: coordinate.node)
          }
          return coordinate
        })
    }
  }

  /// Refuses values that differ and are written alike, such as 1 and "1", as addresses could not tell
  /// them apart.
  private func checkNames(of all: [Coordinates]) throws(Diagnostic) {
    var seen: [String: Coordinates] = [:]
    for coordinates in all {
      guard let first = seen.updateValue(coordinates, forKey: coordinates.address(of: "")) else {
        continue
      }
      for (one, other) in zip(first.all, coordinates.all) where one.node.value != other.node.value {
        throw Diagnostic(
          "two values of '\(other.name)' have the same name, '\(other.label)'",
          at: other.node.range,
          remedy: "keep one of the two, or write them differently",
          notes: [Note("the first is here", at: one.node.range)])
      }
    }
  }

  private func product() -> [[String: Node]] {
    axes.reduce([[:]]) { partial, axis in
      partial.flatMap { combination in
        axis.values.map { value in combination.merging([axis.name: value]) { _, new in new } }
      }
    }
  }

  private func isExcluded(_ combination: [String: Node]) -> Bool {
    exclude.contains { mapping in
      (mapping.mapping ?? []).allSatisfy { combination[$0.key]?.value == $0.value.value }
    }
  }

  private static func agree(_ combination: [String: Node], _ members: [String: Node]) -> Bool {
    combination.allSatisfy { name, node in
      guard let other = members[name] else { return true }
      return other.value == node.value
    }
  }

  /// The axes' names in their order, then those that only `include` brings, sorted.
  private func coordinates(of combination: [String: Node]) -> Coordinates {
    let own = axes.map(\.name).filter { combination[$0] != nil }
    let others = combination.keys.filter { !own.contains($0) }.sorted()
    return Coordinates(
      (own + others).compactMap { name in
        combination[name].map {
          Coordinates.Coordinate(name: name, node: $0, label: MatrixLabel.text(of: $0))
        }
      })
  }
}

internal import YAML

/// What later stages need to know of a stage that was worked out.
struct BuiltStage {
  struct Instance {
    let address: String
    let coordinates: Coordinates
    let output: ArtifactKind

    /// The dataset that the instance's output was made from, where it is not a dataset itself.
    let lineage: StageInput?
  }

  private(set) var instances: [Instance] = []

  /// What its kind leaves behind, as far as known.
  private(set) var output: ArtifactKind?

  /// Whether something about it is wrong, so that stages after it cannot be connected.
  var isBroken = false

  /// The names that all coordinates have, in their order, and the instances by their values; nil once two
  /// differ in their names.
  private var names: [String]?
  private var positions: [[Value]: [Int]]? = [:]

  init(output: ArtifactKind?) {
    self.output = output
  }

  mutating func add(
    _ address: String, _ coordinates: Coordinates, output: ArtifactKind, lineage: StageInput?
  ) {
    let own = coordinates.all.map(\.name)
    if names ?? own == own {
      positions?[coordinates.all.map(\.node.value), default: []].append(instances.count)
    } else {
      positions = nil
    }
    names = own
    instances.append(
      Instance(address: address, coordinates: coordinates, output: output, lineage: lineage))
    self.output = output
  }

  /// The instances whose coordinates name no other value than these.
  func instances(agreeingWith coordinates: Coordinates) -> [Instance] {
    let values = (names ?? []).compactMap { coordinates[$0]?.node.value }
    guard let positions, values.count == names?.count else {
      return instances.filter { coordinates.joined(with: $0.coordinates) != nil }
    }
    return (positions[values] ?? []).map { instances[$0] }
  }
}

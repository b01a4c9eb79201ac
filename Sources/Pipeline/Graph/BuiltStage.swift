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

  init(output: ArtifactKind?) {
    self.output = output
  }

  mutating func add(
    _ address: String, _ coordinates: Coordinates, output: ArtifactKind, lineage: StageInput?
  ) {
    instances.append(
      Instance(address: address, coordinates: coordinates, output: output, lineage: lineage))
    self.output = output
  }
}

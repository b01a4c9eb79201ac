package import Options

/// Layers of a student that are compared with layers of a teacher.
package struct LayerMatching: Options, Hashable {
  package static let title = "layer matching"
  package static let summary = "Layers of the student that learn from layers of the teacher."

  /// The teacher's layer by the student's.
  package var layers: [String: String] = [:]
  package var weight = 1.0

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "layers", \.layers, required: true,
      "The layer of each teacher by that of the student, as '{stage1.relu: stage1.relu}'.")
    option("weight", \.weight, in: .above(0), "The weight of the loss, in the mean over layers.")
  }
}

/// How rows lie to each other in a student and in a teacher.
package struct RelationalMatching: Options, Hashable {
  package static let title = "relational matching"
  package static let summary = "How rows of a batch lie to each other."

  /// The teacher's layer by the student's; empty for what the last product of each reads.
  package var layers: [String: String] = [:]
  package var distance = 1.0
  package var angle = 2.0

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "layers", \.layers,
      "The layer of each teacher by that of the student; by default what the last layer of both reads."
    )
    option(
      "distance", \.distance, in: 0...1_000_000, "The weight of the distances of two rows.")
    option(
      "angle", \.angle, in: 0...1_000_000, "The weight of the angles between three rows.")
  }
}

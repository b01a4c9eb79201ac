package import Diagnostics
package import YAML

/// A stage's settings once decoded, with what follows from them; the kind's own type is erased.
package struct StageSettings: Hashable, Sendable {
  /// The canonical encoding, defaults included, which decodes to the same settings.
  package let value: Value

  /// The keys on which no result depends.
  package let incidental: [String]
  package let revision: Int
  package let output: ArtifactKind
  package let inputs: [Role]

  /// Patterns of the files read, relative to the pipeline file.
  package let files: [String]

  /// Those that have to be there unless another stage makes them.
  package let expected: [ReadPattern]

  /// What the stage makes beside its artifact.
  package let written: [WrittenPath]
  package let workload: Workload

  /// Places that failures of a run point at.
  package let places: [String: SourceRange]

  /// The settings on which results depend.
  package var decisive: Value {
    guard !incidental.isEmpty, case .object(var members) = value else { return value }
    for key in incidental { members[key] = nil }
    return .object(members)
  }
}

internal import Options

/// A member of `InferenceRuntimes`, as pipelines and deployments name it.
package struct RegisteredRuntime: NamedOption, Hashable, Sendable {
  package let type: any InferenceRuntime.Type

  package init(_ type: any InferenceRuntime.Type) {
    self.type = type
  }

  package var rawValue: String { type.name }

  package init?(rawValue: String) {
    guard let type = InferenceRuntimes.all.first(where: { $0.name == rawValue }) else { return nil }
    self.type = type
  }

  package static var allCases: [RegisteredRuntime] {
    InferenceRuntimes.all.map { RegisteredRuntime($0) }
  }

  package static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

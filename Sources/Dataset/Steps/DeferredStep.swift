package import Diagnostics
package import YAML

/// A row-wise step that is recorded with its fitted values and runs on batches where they are consumed.
///
/// A conforming type is listed in `DeferredSteps.all`, by whose `kind` it is read back.
package protocol DeferredStep: Sendable {
  /// The name under which the step is recorded.
  static var kind: String { get }

  /// Reads what `value` wrote; it is untrusted.
  init(_ value: Value) throws(Diagnostic)

  /// Settings and fitted values.
  var value: Value { get }

  /// Whether the step changes training batches alone, as an augmentation does.
  var isTrainingOnly: Bool { get }

  /// Whether bytes, which are finite, stay so.
  var keepsFinite: Bool { get }

  /// The features as the step leaves them, for instance images turned into floating point.
  func transforming(_ features: [Feature]) -> [Feature]

  /// A sentence for whoever has new rows, where the step treats them otherwise than those of the dataset.
  var remark: String? { get }

  /// Changes a batch in place.
  func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic)
}

extension DeferredStep {
  package var isTrainingOnly: Bool { false }

  package var keepsFinite: Bool { false }

  package func transforming(_ features: [Feature]) -> [Feature] { features }

  package var remark: String? { nil }
}

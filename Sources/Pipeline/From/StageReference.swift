package import Diagnostics

/// An upstream stage as `from` names it.
package struct StageReference: Hashable, Sendable {
  /// The stage's name, or the address of one of its instances.
  package let name: String
  package let range: SourceRange

  /// How to choose one of the stage's instances, or `nil` to use them all.
  package let pick: Pick?

  /// The stage's name without the part that tells an instance.
  package var stage: String {
    name.firstIndex(of: "@").map { String(name[..<$0]) } ?? name
  }

  /// Whether a single instance is named.
  package var namesInstance: Bool { name.contains("@") }
}

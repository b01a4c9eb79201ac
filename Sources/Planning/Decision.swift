/// Something that was chosen, with the reason in words.
package struct Decision<Chosen: Sendable>: Sendable {
  package let value: Chosen

  /// A clause that can stand after "because".
  package let reason: String

  package init(_ value: Chosen, because reason: String) {
    self.value = value
    self.reason = reason
  }
}

extension Decision: Equatable where Chosen: Equatable {}

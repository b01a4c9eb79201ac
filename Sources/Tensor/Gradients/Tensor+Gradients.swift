internal import CTensor
package import Diagnostics

/// Reverse-mode differentiation.
extension Tensor {
  /// Records operations on this leaf from now on (or no longer) and returns it.
  @discardableResult
  package func requireGradient(_ isRequired: Bool = true) throws(Diagnostic) -> Tensor {
    try Self.run(keeping: [self]) { unsafe $0.gradient.pointee.require(handle, isRequired) }
    return self
  }

  /// What `backward()` summed up in this leaf so far, `nil` before the first.
  package func gradient() throws(Diagnostic) -> Tensor? {
    try Self.optional(keeping: [self], #function) { unsafe $0.gradient.pointee.get(handle, $1) }
  }

  /// Replaces the gradient; `nil` makes the next `backward()` start afresh.
  package func setGradient(_ gradient: Tensor?) throws(Diagnostic) {
    try Self.run(keeping: [self, gradient]) {
      unsafe $0.gradient.pointee.set(handle, gradient?.handle)
    }
  }

  /// The same elements, in the same storage, outside the record.
  package func detach() throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.gradient.pointee.detach(handle, $1) }
  }

  /// Adds d self / d leaf to the gradient of every recorded leaf.
  ///
  /// - Parameters:
  ///   - seed: d loss / d self, of this shape; 1 where this tensor has a single element.
  ///   - keepsGraph: Whether the record stays for a second pass.
  package func backward(
    seed: Tensor? = nil, keepsGraph: Bool = false
  ) throws(Diagnostic) {
    try Self.run(keeping: [self, seed]) {
      unsafe $0.gradient.pointee.backward(handle, seed?.handle, keepsGraph)
    }
  }

  /// d self / d input for each of `inputs`, `nil` for those it does not depend on.
  ///
  /// The leaves' own gradients stay as they are.
  package func derivatives(
    by inputs: [Tensor], keepsGraph: Bool = false
  ) throws(Diagnostic) -> [Tensor?] {
    var pointers = unsafe [OpaquePointer?](repeating: nil, count: inputs.count)
    try Self.run(keeping: [self] + inputs) {
      unsafe $0.gradient.pointee.derive(
        handle, Self.handles(of: inputs), inputs.count, keepsGraph, &pointers)
    }
    return unsafe pointers.map { pointer in
      unsafe pointer.map { unsafe Tensor(owning: $0) }
    }
  }

  /// Whether the gradients of all leaves are finite. Leaves without one do not count.
  package static func gradientsAreFinite(of leaves: [Tensor]) throws(Diagnostic) -> Bool {
    var areFinite = true
    try run(keeping: leaves) {
      unsafe $0.gradient.pointee.finite(handles(of: leaves), leaves.count, &areFinite)
    }
    return areFinite
  }
}

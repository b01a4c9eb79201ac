internal import CTensor
package import Diagnostics

extension Engine {
  /// What becomes of operations whose result depends on timing.
  package enum Determinism: String, Sendable, Codable {
    /// They are used where they are faster.
    case none
    /// They are used where the device has no other, with a warning on the standard error.
    case preferred
    /// They fail.
    case required

    var code: Int32 {
      switch self {
      case .none: Int32(ANNEAL_DETERMINISM_NONE.rawValue)
      case .preferred: Int32(ANNEAL_DETERMINISM_PREFERRED.rawValue)
      case .required: Int32(ANNEAL_DETERMINISM_REQUIRED.rawValue)
      }
    }
  }

  /// Sets what holds from now on; the engine starts with `required`, and `prepare(_:)` relaxes that
  /// to `preferred` for CUDA, where the gradients of some pooling have no deterministic kernel.
  package static func setDeterminism(_ determinism: Determinism) throws(Diagnostic) {
    try check(unsafe native().device.pointee.set_determinism(determinism.code), #function)
  }
}

import Hardware
import Tensor

extension Execution {
  /// Makes the engine ready: its device, its threads and how it multiplies.
  package func prepare() throws {
    try Engine.prepare(device)
    try Engine.setThreads(threads)
    try Engine.setReducedFloat32(precision == .tf32)
  }

  /// Runs `body` in full precision, as results are measured whatever a training computes in unless that is
  /// asked for; what held before holds again afterwards, also where `body` throws.
  package func evaluating<Result>(_ body: () throws -> Result) throws -> Result {
    if evaluatesAsTraining { return try computing(body) }
    return try withAutocast(.fp32, on: device) {
      guard try Engine.allowsReducedFloat32() else { return try body() }
      try Engine.setReducedFloat32(false)
      let result = Swift.Result { try body() }
      try Engine.setReducedFloat32(true)
      return try result.get()
    }
  }

  /// Runs matrix products and convolutions of `body` in the execution's precision.
  package func computing<Result>(_ body: () throws -> Result) throws -> Result {
    try withAutocast(precision, on: device, body)
  }
}

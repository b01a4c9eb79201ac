internal import CTensor
package import Diagnostics

extension Engine {
  /// Makes every later operation, from any thread, compute with `count` threads.
  ///
  /// The sum over all processes should stay within the machine's cores. Results on the CPU can
  /// differ in the last bits between thread counts, so the count belongs to the recorded numerics.
  package static func setThreads(_ count: Int) throws(Diagnostic) {
    try check(unsafe native().device.pointee.set_threads(count), #function)
  }

  /// The threads that one operation computes with.
  package static func threads() throws(Diagnostic) -> Int {
    unsafe try native().device.pointee.threads()
  }

  /// Whether other programs want so much of the machine that times measured now say little. Takes some
  /// hundredths of a second.
  package static func machineIsBusy() -> Bool { ThreadWaiting.isBusy }

  /// Runs `body` with one thread for each operation of this thread, whatever others compute with; before
  /// the engine is open it makes no difference.
  package static func withSingleThread<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let api = unsafe Engine.nativeIfOpen() else { return try body() }
    let before = unsafe api.device.pointee.swap_own_threads(1)
    defer { _ = unsafe api.device.pointee.swap_own_threads(before) }
    return try body()
  }

  /// Sets how many operations may run side by side inside the engine; only before the first one.
  package static func setInteropThreads(_ count: Int) throws(Diagnostic) {
    try check(unsafe native().device.pointee.set_interop_threads(count), #function)
  }

  /// Lets CUDA multiply float32 matrices in TF32, with 10 bits of mantissa.
  package static func setReducedFloat32(_ isAllowed: Bool) throws(Diagnostic) {
    try check(unsafe native().device.pointee.set_reduced_float32(isAllowed), #function)
  }

  /// Whether CUDA may multiply float32 matrices in TF32.
  package static func allowsReducedFloat32() throws(Diagnostic) -> Bool {
    unsafe try native().device.pointee.reduced_float32()
  }
}

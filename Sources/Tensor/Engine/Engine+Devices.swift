internal import CTensor
package import Diagnostics
package import Hardware

extension Engine {
  /// How many CUDA devices the engine can use, and the reason where there are none.
  package struct DeviceCount: Hashable, Sendable {
    package var count: Int
    package var reason: String?
  }

  /// Opens the CUDA library, which takes seconds, and counts its devices.
  ///
  /// Call it before the first tensor operation of a process that is going to compute on CUDA.
  package static func cudaDevices() throws(Diagnostic) -> DeviceCount {
    var count = 0
    try check(unsafe native().device.pointee.cuda_count(&count), #function)
    return DeviceCount(count: count, reason: count == 0 ? lastMessage() : nil)
  }

  /// Makes `device` ready for tensors, or throws why it cannot be used.
  package static func prepare(_ device: Device) throws(Diagnostic) {
    switch device {
    case .cpu: try open()
    case .tpu: _ = try nativeCode(of: device)
    case .cuda(let index):
      let devices = try cudaDevices()
      guard index >= devices.count else { return try setDeterminism(.preferred) }
      let reason = devices.reason ?? "there are \(devices.count) CUDA devices"
      throw Diagnostic(
        "the device '\(device)' cannot be used: \(reason)", remedy: "use 'device: cpu'",
        "run scripts/setup --cuda where a GPU is installed")
    }
  }

  /// Waits until everything queued on `device` is done.
  package static func synchronize(_ device: Device) throws(Diagnostic) {
    let code = try nativeCode(of: device)
    try check(unsafe native().device.pointee.synchronize(code), #function)
  }

  static func nativeCode(of device: Device) throws(Diagnostic) -> Int32 {
    switch device {
    case .cpu: return ANNEAL_CPU
    case .cuda(let index):
      if let code = Int32(exactly: index), code >= 0 { return code }
      throw Diagnostic("there is no device '\(device)'")
    case .tpu:
      throw Diagnostic(
        "the tensor engine has no device 'tpu'", remedy: "use 'device: cpu' or 'device: cuda'")
    }
  }

  static func device(of code: Int32) -> Device {
    code == ANNEAL_CPU ? .cpu : .cuda(Int(code))
  }
}

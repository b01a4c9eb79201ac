internal import CDeploy
package import Diagnostics
internal import Tensor

/// A place in which a compiled model runs one batch at a time.
@safe package struct OpenVINORequest: ~Copyable {
  private let handle: OpaquePointer
  private let table: anneal_deploy_table
  /// The memory that the native request reads its inputs from.
  private var memory: [Int: UnsafeMutableRawBufferPointer] = unsafe [:]

  init(owning handle: OpaquePointer, _ table: anneal_deploy_table) {
    unsafe self.handle = unsafe handle
    self.table = table
  }

  /// Copies an input in; it stays for every later run until it is replaced.
  package mutating func set(_ array: HostArray, at index: Int) throws(Diagnostic) {
    guard array.shape.count <= Int(ANNEAL_DEPLOY_MAX_RANK) else {
      throw Diagnostic("input \(index) has \(array.shape.count) dimensions")
    }
    let buffer = unsafe place(for: array.bytes.count, at: index)
    unsafe buffer.copyBytes(from: array.bytes)
    var view = unsafe anneal_deploy_tensor()
    unsafe view.rank = Int32(array.shape.count)
    unsafe withUnsafeMutableBytes(of: &view.shape) { bytes in
      unsafe bytes.copyBytes(from: array.shape.map { Int64($0) }.littleEndianBytes)
    }
    unsafe view.data = buffer.baseAddress
    unsafe view.bytes = array.bytes.count
    let status = unsafe array.type.openVINOName.withCString { name in
      unsafe view.type = name
      return unsafe table.set_input(handle, index, &view)
    }
    try OpenVINO.check(status, "take input \(index) of the shape \(array.shape)")
  }

  /// Runs the model on the inputs that were set and waits for the end.
  package func infer() throws(Diagnostic) {
    unsafe try OpenVINO.check(table.infer(handle), "run the model")
  }

  /// Starts a run; `wait` ends it. Other requests of the same model may run meanwhile.
  package func start() throws(Diagnostic) {
    unsafe try OpenVINO.check(table.start(handle), "start the model")
  }

  package func wait() throws(Diagnostic) {
    unsafe try OpenVINO.check(table.wait(handle), "run the model")
  }

  /// Copies a result of the last run out.
  package func result(at index: Int = 0) throws(Diagnostic) -> HostArray {
    var view = unsafe anneal_deploy_tensor()
    unsafe try OpenVINO.check(table.result(handle, index, &view), "give result \(index)")
    let shape = unsafe withUnsafeBytes(of: view.shape) { bytes in
      unsafe bytes.bindMemory(to: Int64.self).prefix(Int(view.rank)).map { Int($0) }
    }
    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: view.data, count: view.bytes))
    return HostArray(
      type: try unsafe ElementType(openVINO: OpenVINO.text(view.type)), shape: shape,
      bytes: bytes)
  }

  private mutating func place(
    for count: Int, at index: Int
  ) -> UnsafeMutableRawBufferPointer {
    if let buffer = unsafe memory[index] {
      if buffer.count == count { return unsafe buffer }
      unsafe buffer.deallocate()
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
    unsafe memory[index] = unsafe buffer
    return unsafe buffer
  }

  deinit {
    unsafe table.release_request(handle)
    unsafe memory.values.forEach { unsafe $0.deallocate() }
  }
}

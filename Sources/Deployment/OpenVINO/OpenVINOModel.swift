internal import CDeploy
package import Diagnostics

/// A model that OpenVINO compiled for the CPU.
@safe package struct OpenVINOModel: ~Copyable {
  private let handle: OpaquePointer
  private let table: anneal_deploy_table

  init(owning handle: OpaquePointer, _ table: anneal_deploy_table) {
    unsafe self.handle = unsafe handle
    self.table = table
  }

  /// What the model reads, in its own order.
  package func inputs() throws(Diagnostic) -> [OpenVINOPort] {
    try unsafe (0..<table.input_count(handle)).map { index throws(Diagnostic) in
      var port = unsafe anneal_deploy_port()
      unsafe try OpenVINO.check(table.input(handle, index, &port), "describe input \(index)")
      return try unsafe OpenVINOPort(port)
    }
  }

  /// What the model gives, in its own order.
  package func outputs() throws(Diagnostic) -> [OpenVINOPort] {
    try unsafe (0..<table.output_count(handle)).map { index throws(Diagnostic) in
      var port = unsafe anneal_deploy_port()
      unsafe try OpenVINO.check(table.output(handle, index, &port), "describe output \(index)")
      return try unsafe OpenVINOPort(port)
    }
  }

  /// The value of one of the runtime's properties, such as `INFERENCE_PRECISION_HINT`.
  package func property(_ key: String) throws(Diagnostic) -> String {
    var value = [CChar](repeating: 0, count: 256)
    unsafe try OpenVINO.check(
      table.property(handle, key, &value, value.count), "tell its property '\(key)'")
    return unsafe OpenVINO.text(value)
  }

  /// Makes a place in which one batch at a time is run.
  package func request() throws(Diagnostic) -> OpenVINORequest {
    var result: OpaquePointer?
    unsafe try OpenVINO.check(table.make_request(handle, &result), "make an inference request")
    guard let result = unsafe result else { throw Diagnostic("OpenVINO made no request") }
    return unsafe OpenVINORequest(owning: result, table)
  }

  deinit { unsafe table.release_compiled(handle) }
}

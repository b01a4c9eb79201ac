internal import CDeploy
package import Diagnostics

/// A model as OpenVINO read it, not yet compiled.
@safe package struct OpenVINOGraph: ~Copyable {
  private let handle: OpaquePointer
  private let table: anneal_deploy_table

  /// Reads ONNX, or OpenVINO IR by its `.xml` file.
  package init(reading path: String) throws(Diagnostic) {
    let table = try OpenVINO.table()
    var result: OpaquePointer?
    unsafe try OpenVINO.check(table.read(path, &result), "read the model '\(path)'")
    guard let result = unsafe result else { throw Diagnostic("OpenVINO read '\(path)' as nothing") }
    unsafe handle = result
    self.table = table
  }

  /// Writes the model as OpenVINO IR: `path`, which ends in `.xml`, and a `.bin` file beside it.
  package func save(to path: String) throws(Diagnostic) {
    unsafe try OpenVINO.check(table.save(handle, path), "write the model '\(path)'")
  }

  /// Whether sums of the model's integers may overflow on this processor.
  private func mayOverflow() throws(Diagnostic) -> Bool {
    var largest: Int32 = 0
    unsafe try OpenVINO.check(
      table.largest_integer(handle, &largest), "look at the weights of the model")
    return IntegerSums.mayOverflow(upTo: Int(largest))
  }

  /// Compiles the model for the CPU. Integers whose sums may overflow there are computed with as the real
  /// numbers that they stand for.
  ///
  /// - Parameter batch: Fixes the first dimension of every input, which may run faster; nil leaves
  ///   it free.
  package func compile(
    _ settings: OpenVINOSettings, batch: Int? = nil
  ) throws(Diagnostic) -> OpenVINOModel {
    var settings = settings
    if try mayOverflow() { settings.computesIntegers = false }
    var result: OpaquePointer?
    let status = unsafe settings.withProperties { properties in
      unsafe table.compile(
        handle, Int64(batch ?? 0), properties.baseAddress, properties.count, &result)
    }
    try OpenVINO.check(status, "compile the model")
    guard let result = unsafe result else { throw Diagnostic("OpenVINO compiled nothing") }
    return unsafe OpenVINOModel(owning: result, table)
  }

  deinit { unsafe table.release_graph(handle) }
}

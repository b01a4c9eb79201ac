internal import Diagnostics

/// A model that is loaded and ready to run batches of one size.
///
/// Threads belong to the engine: no two engines of a process run at the same time.
package protocol InferenceEngine: AnyObject {
  /// Rows in a batch.
  var batch: Int { get }
  /// Batches that one `run` computes.
  var streams: Int { get }

  /// Takes the inputs for later runs: `[batch, shape…]` for each feature, as users give it.
  func load(_ inputs: [String: HostArray]) throws

  /// Computes the loaded batch, once for each stream.
  func run() throws

  /// The result `[batch, outputs]` of the last run as row-major floats.
  func result() throws -> [Float]

  /// Runs any number of rows in batches; the last one is filled up with copies of its last row.
  ///
  /// - Returns: The results of the given rows alone, row-major.
  func predict(_ inputs: [String: HostArray], rows: Int) throws -> [Float]
}

extension InferenceEngine {
  package func predict(_ inputs: [String: HostArray], rows: Int) throws -> [Float] {
    var results: [Float] = []
    for start in stride(from: 0, to: rows, by: batch) {
      let count = min(batch, rows - start)
      try load(inputs.mapValues { $0.rows(start, count: count, filledTo: batch) })
      try run()
      let values = try result()
      results += values.prefix(values.count / batch * count)
    }
    return results
  }
}

extension HostArray {
  /// Some rows, the last of them repeated up to a number of rows.
  func rows(_ start: Int, count: Int, filledTo total: Int) -> HostArray {
    let width = bytes.count / max(shape[0], 1)
    var taken = Array(bytes[start * width..<(start + count) * width])
    for _ in count..<total { taken += bytes[(start + count - 1) * width..<(start + count) * width] }
    return HostArray(type: type, shape: [total] + shape.dropFirst(), bytes: taken)
  }
}

/// Numbers of a column, in memory of ours or of the native library.
struct Numbers: Sendable {
  private let values: [Double]

  init(_ values: [Double]) {
    self.values = values
  }

  var count: Int { values.count }

  subscript(row: Int) -> Double { values[row] }

  /// Lends the numbers, which may not outlive `body`.
  func withUnsafeBuffer<R>(_ body: (UnsafeBufferPointer<Double>) throws -> R) rethrows -> R {
    unsafe try values.withUnsafeBufferPointer(body)
  }
}

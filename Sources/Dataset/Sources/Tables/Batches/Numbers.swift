internal import CData
internal import Diagnostics

/// Numbers of a column, in memory that stays where it is: of ours or of the native library.
@safe struct Numbers: Sendable {
  private let address: UInt
  private let owner: any AnyObject & Sendable
  let count: Int

  /// - Parameter owner: Keeps the memory.
  init(address: UInt, count: Int, owner: any AnyObject & Sendable) {
    self.address = address
    self.count = count
    self.owner = owner
  }

  init(_ values: [Double]) {
    let copy = NumberMemory(values)
    self.init(address: copy.address, count: values.count, owner: copy)
  }

  subscript(row: Int) -> Double {
    precondition(row >= 0 && row < count)
    return withExtendedLifetime(owner) { unsafe pointer[row] }
  }

  private var pointer: UnsafePointer<Double> {
    guard let pointer = unsafe UnsafePointer<Double>(bitPattern: address) else {
      preconditionFailure("numbers without memory")
    }
    return unsafe pointer
  }

  /// Writes columns of numbers as rows of 32-bit ones.
  ///
  /// - Parameters:
  ///   - rows: The places of those that are wanted; nil for all.
  ///   - roundings: One for each column, which the numbers are added to; empty for none.
  static func encoded(
    _ columns: [Numbers], at rows: [Int]?, _ roundings: inout [AnnealDataRounding]
  ) throws(Diagnostic) -> [Float] {
    let functions = try DataEngine.functions()
    let count = rows?.count ?? columns.first?.count ?? 0
    let places = rows.map { $0.map(Int64.init) }
    let addresses = unsafe columns.map { unsafe UnsafePointer<Double>(bitPattern: $0.address) }
    var status: Int32 = 0
    let values = unsafe [Float](unsafeUninitializedCapacity: count * columns.count) {
      buffer, filled in
      let out = buffer.baseAddress
      if roundings.isEmpty {
        status = unsafe functions.numbers_encode(
          addresses, Int32(columns.count), places, Int64(count), out, nil)
      } else {
        status = unsafe functions.numbers_encode(
          addresses, Int32(columns.count), places, Int64(count), out, &roundings)
      }
      filled = count * columns.count
    }
    withExtendedLifetime(columns) {}
    try DataEngine.check(status)
    return values
  }
}

/// Memory of ours.
@safe private final class NumberMemory: Sendable {
  let address: UInt
  private let count: Int

  init(_ values: [Double]) {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(1, values.count))
    unsafe values.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      unsafe memory.initialize(from: base, count: source.count)
    }
    address = UInt(bitPattern: memory)
    count = values.count
  }

  deinit { unsafe UnsafeMutablePointer<Double>(bitPattern: address)?.deallocate() }
}

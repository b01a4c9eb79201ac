internal import Artifacts
internal import Diagnostics

/// The rows of a stored array in order, each with its elements in C order, some at a time.
final class ArrayRows {
  private let array: StoredArray
  private var bytes: ArrayBytes
  private var row = 0

  /// Rows of a Fortran array that were gathered before they were asked for, and the first of them.
  private var gathered: [UInt8] = []
  private var gatheredStart = 0

  /// The place of each element of a row in C order, by its place in Fortran order.
  private let places: [Int]

  /// All of a compressed array that is in Fortran order, of which no row is whole before the end.
  private var whole: [UInt8] = []

  /// A larger array in Fortran order has to be stored as it is.
  private static let mostWhole = 1 << 28

  /// Bytes of the rows of an array in Fortran order that are gathered at once.
  private static let gatheredBytes = 1 << 25

  init(_ array: StoredArray) throws(Diagnostic) {
    self.array = array
    places = array.layout.isFortran ? Self.places(array.layout.rowShape) : []
    bytes = try ArrayBytes(array)
    guard array.layout.isFortran else { return }
    if case .plain = array.storage { return }
    guard array.layout.byteCount <= Self.mostWhole else {
      throw array.problem(
        "is compressed in Fortran order and has more than \(Self.mostWhole >> 20) MiB, so that no row is "
          + "known before the last byte",
        remedy: "save it by `np.save` or `np.savez`, or make it `np.ascontiguousarray(x)` before")
    }
    whole = try bytes.next(array.layout.byteCount)
    guard whole.count == array.layout.byteCount else { throw ArrayBytes.cutShort(array) }
    try bytes.requireEnd(of: array)
  }

  /// The bytes of the next `count` rows.
  func next(_ count: Int) throws(Diagnostic) -> [UInt8] {
    let size = count * array.layout.rowBytes
    let start = row
    row += count
    guard array.layout.isFortran else {
      let next = try bytes.next(size)
      guard next.count == size else { throw ArrayBytes.cutShort(array) }
      if row == array.layout.rows { try bytes.requireEnd(of: array) }
      return next
    }
    if start < gatheredStart
      || (start + count - gatheredStart) * array.layout.rowBytes > gathered.count
    {
      let most = max(count, Self.gatheredBytes / max(1, array.layout.rowBytes))
      gathered = try gather(start..<min(start + most, array.layout.rows))
      gatheredStart = start
    }
    let first = (start - gatheredStart) * array.layout.rowBytes
    guard first + size <= gathered.count else { throw ArrayBytes.cutShort(array) }
    return Array(gathered[first..<first + size])
  }

  /// Some rows of an array in Fortran order, whose columns stand one after the other.
  private func gather(_ rows: Range<Int>) throws(Diagnostic) -> [UInt8] {
    let size = array.layout.element.size
    let rowBytes = array.layout.rowBytes
    var result = [UInt8](repeating: 0, count: rows.count * rowBytes)
    for (index, place) in places.enumerated() {
      let start = (index * array.layout.rows + rows.lowerBound) * size
      let values = try column(from: start, upTo: start + rows.count * size)
      guard values.count == rows.count * size else { throw ArrayBytes.cutShort(array) }
      for row in 0..<rows.count {
        let target = row * rowBytes + place * size
        for byte in 0..<size { result[target + byte] = values[row * size + byte] }
      }
    }
    return result
  }

  private func column(from start: Int, upTo end: Int) throws(Diagnostic) -> [UInt8] {
    guard case .plain = array.storage else {
      return start <= end && end <= whole.count ? Array(whole[start..<end]) : []
    }
    return try bytes.elements(from: start, upTo: end)
  }

  /// Where the elements of a row go that come with the first axis varying fastest.
  private static func places(_ shape: [Int]) -> [Int] {
    var places: [Int] = [0]
    var stride = shape.reduce(1, *)
    for length in shape {
      stride /= max(1, length)
      let before = places
      places = (0..<length).flatMap { index in before.map { $0 + index * stride } }
    }
    return places
  }
}

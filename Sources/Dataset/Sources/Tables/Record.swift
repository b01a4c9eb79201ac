/// One row of a delimited file, its fields unquoted.
struct Record {
  /// The line on which the row starts, from 1.
  private(set) var line = 1

  /// What makes the row unreadable, if anything does.
  private(set) var problem: String?

  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// How many fields there are.
  var count: Int { ends.count }

  /// The bytes of a field.
  subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// The text of a field, nil where it is not UTF-8 or holds a zero.
  func text(_ index: Int) -> String? {
    let bytes = self[index]
    return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
  }

  var size: Int { bytes.count }
}

extension Record {
  mutating func start(at line: Int) {
    self.line = line
    problem = nil
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ run: ArraySlice<UInt8>) { bytes += run }

  /// Takes back what was appended to the field that is being read.
  mutating func dropOpenField() { bytes.removeLast(openFieldSize) }

  mutating func endField() { ends.append(bytes.count) }

  mutating func fail(_ fact: String) { problem = problem ?? fact }

  /// Bytes of the field that is being read.
  var openFieldSize: Int { bytes.count - (ends.last ?? 0) }

  var isEmpty: Bool { ends.isEmpty && bytes.isEmpty }
}

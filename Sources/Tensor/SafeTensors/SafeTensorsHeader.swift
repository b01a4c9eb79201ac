internal import Diagnostics

/// What a safetensors file says of its tensors, checked against the file's length.
struct SafeTensorsHeader {
  struct Entry: Hashable {
    var type: ElementType
    var shape: [Int]
    /// Bytes of the file.
    var range: Range<Int>
  }

  var entries: [String: Entry]
  var metadata: [String: String]

  /// The largest header that is read.
  static let lengthLimit = 100_000_000

  /// Reads and checks the header of a file of `fileLength` bytes that starts with `prefix`.
  ///
  /// - Parameter read: Gives bytes of the file.
  init(fileLength: Int, read: (Range<Int>) -> [UInt8]) throws(Diagnostic) {
    guard fileLength >= 8 else {
      throw Diagnostic("the file has \(fileLength) bytes, too few for a header")
    }
    let length = read(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.lengthLimit), length <= UInt64(fileLength - 8) else {
      throw Diagnostic("the header's length of \(length) bytes does not fit the file")
    }
    let start = 8 + Int(length)
    var parser = SafeTensorsParser(read(8..<start))
    let parsed = try parser.parse()
    metadata = parsed.metadata
    entries = [:]
    for (name, described) in parsed.tensors {
      entries[name] = try Self.entry(
        name, described, dataStart: start, dataLength: fileLength - start)
    }
    try Self.requireCover(entries, start..<fileLength)
  }

  private static func entry(
    _ name: String, _ described: SafeTensorsParser.Described, dataStart: Int, dataLength: Int
  ) throws(Diagnostic) -> Entry {
    guard let type = ElementType(safeTensorsName: described.type) else {
      throw Diagnostic("the tensor '\(name)' has the unknown element type '\(described.type)'")
    }
    let (first, end) = (described.first, described.end)
    guard first >= 0, first <= end, end <= dataLength else {
      throw Diagnostic("the tensor '\(name)' claims bytes \(first)..<\(end) of \(dataLength)")
    }
    let size = Tensor.elementCount(of: described.shape)?.multipliedReportingOverflow(by: type.size)
    guard let size, !size.overflow, size.partialValue == end - first else {
      throw Diagnostic(
        "the tensor '\(name)' of shape \(described.shape) does not fill its \(end - first) bytes")
    }
    return Entry(
      type: type, shape: described.shape, range: dataStart + first..<dataStart + end)
  }

  /// Refuses tensors that overlap and bytes that belong to none.
  private static func requireCover(
    _ entries: [String: Entry], _ data: Range<Int>
  ) throws(Diagnostic) {
    var place = data.lowerBound
    let ordered = entries.sorted {
      ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
        < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
    }
    for (name, entry) in ordered {
      guard entry.range.lowerBound == place else {
        let fact = entry.range.lowerBound < place ? "overlaps another" : "leaves a gap before it"
        throw Diagnostic("the tensor '\(name)' \(fact)")
      }
      place = entry.range.upperBound
    }
    guard place == data.upperBound else {
      throw Diagnostic("\(data.upperBound - place) bytes at the end belong to no tensor")
    }
  }
}

internal import Artifacts
internal import Diagnostics

/// The entries of a ZIP archive, as far as its directory and their headers agree (APPNOTE 6.3).
///
/// Everything is held against the file's length before it is used, entries may not overlap, and neither the
/// directory nor the number of entries is read beyond a bound.
struct ZipDirectory {
  let entries: [ZipEntry]

  private static let mostEntries = 4096
  private static let mostBytes = 4 << 20

  /// The end record is the last of the file but for a comment.
  private static let endLength = 22
  private static let longestComment = 1 << 16

  init(_ file: SourceFile) throws(Diagnostic) {
    try file.requirePlainFile()
    let open = try OpenFile(reading: file.path, named: file.name)
    let size = try FileStatus(of: file.path, following: true)?.size ?? 0
    do throws(Diagnostic) {
      let end = try Self.end(open, size)
      entries = try Self.entries(open, end)
    } catch {
      throw Diagnostic(
        "'\(file.name)' cannot be read as a ZIP archive: \(error.message)",
        remedy: "write it anew; `unzip -t` says whether it is whole")
    }
  }

  private struct End {
    var count: Int
    /// Where the directory stands.
    var directory: Range<Int>
  }

  private static func end(_ file: borrowing OpenFile, _ size: Int) throws(Diagnostic) -> End {
    let start = max(0, size - endLength - longestComment)
    let tail = LittleEndian(bytes: try file.read(from: start, upTo: size))
    let mark = Array("PK\u{5}\u{6}".utf8)
    var place = tail.bytes.count - endLength
    while place >= 0, !tail.bytes[place...].starts(with: mark) { place -= 1 }
    guard place >= 0 else {
      throw Diagnostic("its directory is missing, so that it may be cut short")
    }
    var count = tail.number(at: place + 10, bytes: 2) ?? 0
    var length = tail.number(at: place + 12, bytes: 4) ?? 0
    var first = tail.number(at: place + 16, bytes: 4) ?? 0
    if let wide = try wideEnd(file, before: start + place, tail, place) {
      (count, length, first) = wide
    }
    guard count <= mostEntries else {
      throw Diagnostic("it has \(count) entries, more than \(mostEntries)")
    }
    guard length <= mostBytes else {
      throw Diagnostic("its directory claims \(length) bytes, more than \(mostBytes)")
    }
    guard first <= start + place, length <= start + place - first else {
      throw Diagnostic("its directory does not lie within the file")
    }
    return End(count: count, directory: first..<first + length)
  }

  /// The end record of archives that are too large for the usual one.
  private static func wideEnd(
    _ file: borrowing OpenFile, before end: Int, _ tail: LittleEndian, _ place: Int
  ) throws(Diagnostic) -> (Int, Int, Int)? {
    let locator = place - 20
    guard locator >= 0, tail.bytes[locator...].starts(with: Array("PK\u{6}\u{7}".utf8)),
      let offset = tail.number(at: locator + 8, bytes: 8), offset <= end - 56
    else { return nil }
    let record = LittleEndian(bytes: try file.read(from: offset, upTo: offset + 56))
    guard record.bytes.starts(with: Array("PK\u{6}\u{6}".utf8)),
      let count = record.number(at: 32, bytes: 8), let length = record.number(at: 40, bytes: 8),
      let first = record.number(at: 48, bytes: 8)
    else { throw Diagnostic("its directory's end is damaged") }
    return (count, length, first)
  }

  private static func entries(
    _ file: borrowing OpenFile, _ end: End
  ) throws(Diagnostic) -> [ZipEntry] {
    let directory = LittleEndian(
      bytes: try file.read(from: end.directory.lowerBound, upTo: end.directory.upperBound))
    var entries: [ZipEntry] = []
    var names: Set<String> = []
    var place = 0
    for _ in 0..<end.count {
      let (header, next) = try listed(directory, at: place)
      place = next
      guard names.insert(header.name).inserted else {
        throw Diagnostic("it has two entries '\(header.name)'")
      }
      guard !header.name.hasSuffix("/") else { continue }
      entries.append(try entry(file, header, before: end.directory.lowerBound))
    }
    let ordered = entries.sorted { $0.offset < $1.offset }
    for (left, right) in zip(ordered, ordered.dropFirst())
    where left.offset + left.packed > right.offset {
      throw Diagnostic("its entries '\(left.name)' and '\(right.name)' overlap")
    }
    return entries
  }

  private struct Listed {
    var name: String
    var method: Int
    var checksum: UInt32
    var packed: Int
    var size: Int
    var header: Int
  }

  /// An entry of the directory, and where the next one begins.
  private static func listed(
    _ directory: LittleEndian, at place: Int
  ) throws(Diagnostic) -> (Listed, Int) {
    guard place <= directory.bytes.count,
      directory.bytes[place...].starts(with: Array("PK\u{1}\u{2}".utf8)),
      let flags = directory.number(at: place + 8, bytes: 2),
      let method = directory.number(at: place + 10, bytes: 2),
      let checksum = directory.number(at: place + 16, bytes: 4),
      let packed = directory.number(at: place + 20, bytes: 4),
      let size = directory.number(at: place + 24, bytes: 4),
      let nameLength = directory.number(at: place + 28, bytes: 2),
      let extraLength = directory.number(at: place + 30, bytes: 2),
      let commentLength = directory.number(at: place + 32, bytes: 2),
      let header = directory.number(at: place + 42, bytes: 4),
      place + 46 + nameLength + extraLength + commentLength <= directory.bytes.count
    else { throw Diagnostic("its directory is damaged at byte \(place)") }
    let extra = place + 46 + nameLength
    let bytes = directory.bytes[place + 46..<extra]
    guard let name = String(validating: bytes, as: UTF8.self), !name.isEmpty,
      name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
    else { throw Diagnostic("an entry's name is no text") }
    guard flags & 1 == 0 else { throw Diagnostic("its entry '\(name)' is encrypted") }
    var listed = Listed(
      name: name, method: method, checksum: UInt32(truncatingIfNeeded: checksum), packed: packed,
      size: size, header: header)
    widen(&listed, directory, extra..<extra + extraLength)
    return (listed, extra + extraLength + commentLength)
  }

  /// Takes the numbers that did not fit from the field for them.
  private static func widen(
    _ listed: inout Listed, _ directory: LittleEndian, _ extra: Range<Int>
  ) {
    var place = extra.lowerBound
    while place + 4 <= extra.upperBound, let id = directory.number(at: place, bytes: 2),
      let length = directory.number(at: place + 2, bytes: 2)
    {
      if id == 1 {
        var field = place + 4
        for number in [\Listed.size, \Listed.packed, \Listed.header]
        where listed[keyPath: number] == 0xffff_ffff && field + 8 <= extra.upperBound {
          listed[keyPath: number] = directory.number(at: field, bytes: 8) ?? .max
          field += 8
        }
      }
      place += 4 + length
    }
  }

  /// The entry's content, which begins behind a header of its own.
  private static func entry(
    _ file: borrowing OpenFile, _ listed: Listed, before end: Int
  ) throws(Diagnostic) -> ZipEntry {
    guard listed.method == 0 || listed.method == 8 else {
      throw Diagnostic(
        "its entry '\(listed.name)' is compressed by the method \(listed.method), and deflated ones are "
          + "read")
    }
    guard listed.header <= end - 30 else {
      throw Diagnostic("its entry '\(listed.name)' does not lie within the file")
    }
    let header = LittleEndian(bytes: try file.read(from: listed.header, upTo: listed.header + 30))
    guard header.bytes.starts(with: Array("PK\u{3}\u{4}".utf8)),
      let name = header.number(at: 26, bytes: 2), let extra = header.number(at: 28, bytes: 2)
    else { throw Diagnostic("the header of its entry '\(listed.name)' is damaged") }
    let offset = listed.header + 30 + name + extra
    guard offset <= end, listed.packed <= end - offset else {
      throw Diagnostic("its entry '\(listed.name)' does not lie within the file")
    }
    // A byte is deflated to a thousandth of itself at best.
    let mostSize = listed.method == 0 ? listed.packed : listed.packed.multipliedClamping(by: 1040)
    guard listed.size <= mostSize, listed.method == 8 || listed.size == listed.packed else {
      throw Diagnostic(
        "its entry '\(listed.name)' claims \(listed.size) bytes, and \(listed.packed) cannot be so many"
      )
    }
    return ZipEntry(
      name: listed.name, isDeflated: listed.method == 8, offset: offset, packed: listed.packed,
      size: listed.size, checksum: listed.checksum)
  }
}

extension Int {
  fileprivate func multipliedClamping(by factor: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: factor)
    return overflows ? .max : product
  }
}

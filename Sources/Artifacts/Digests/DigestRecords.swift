/// Digests of files, one for each inode, in the order of device and inode.
struct DigestRecords: Equatable, Sendable {
  struct Record: Equatable, Sendable {
    var file: FileIdentity
    /// When it was last asked for, in days since 1970.
    var day: Int
    var digest: Digest
  }

  private(set) var records: [Record] = []

  init() {}

  /// Records in any order, at most one for each inode.
  init(_ records: [Record]) {
    self.records = records.sorted { Self.precedes($0.file, $1.file) }
  }

  /// The digest of a file, whose record counts as asked for on that day.
  mutating func digest(of file: FileIdentity, on day: Int) -> Digest? {
    let place = records.partitioningIndex { !Self.precedes($0.file, file) }
    guard place < records.count, records[place].file == file else { return nil }
    records[place].day = day
    return records[place].digest
  }

  /// These records and others, which replace those of the same inode, without old ones.
  func adding(_ others: [Record], droppingBefore day: Int) -> DigestRecords {
    let others = Self(others).records
    var merged: [Record] = []
    merged.reserveCapacity(records.count + others.count)
    var next = others.startIndex
    for record in records {
      while next < others.count, Self.precedes(others[next].file, record.file) {
        merged.append(others[next])
        next += 1
      }
      let isReplaced = next < others.count && !Self.precedes(record.file, others[next].file)
      if !isReplaced, record.day >= day { merged.append(record) }
    }
    merged += others[next...]
    var result = DigestRecords()
    result.records = merged
    return result
  }

  private static func precedes(_ first: FileIdentity, _ second: FileIdentity) -> Bool {
    (first.device, first.inode) < (second.device, second.inode)
  }
}

internal import Artifacts
internal import Diagnostics
internal import Glibc

/// Cuts the rows of one split into record batches and shards of even size.
struct SplitWriter {
  private let name: SplitName
  private let layout: ShardLayout
  private let directory: String
  private let digests: ShardDigests
  private let rowsPerBatch: Int
  private let rowsPerShard: Int
  private var pending: RowBuffer
  private var shards: [Shard] = []
  private var file: OpenShard?

  /// The shard being written; a class because a file has one owner.
  private final class OpenShard {
    let writer: ArrowFileWriter
    let digest: ShardDigests.Shard?
    var shard: Shard

    init(
      _ writer: consuming ArrowFileWriter, _ shard: Shard, _ digest: ShardDigests.Shard?
    ) {
      self.writer = writer
      self.shard = shard
      self.digest = digest
    }
  }

  /// Batches of about 4 MiB keep writing cheap; shards of about 64 MiB are shared one by one.
  init(_ name: SplitName, layout: ShardLayout, directory: String, digests: ShardDigests) {
    self.name = name
    self.layout = layout
    self.directory = directory
    self.digests = digests
    rowsPerBatch = min(max(1, (4 << 20) / layout.rowBytes), 1 << 16)
    rowsPerShard = rowsPerBatch * 16
    pending = RowBuffer(layout, most: rowsPerBatch)
  }

  /// - Parameter places: Those of the rows in the block; all where nil is given.
  mutating func append(_ block: Block, at places: [Int]?) throws(Diagnostic) {
    let count = places?.count ?? block.count
    let values = layout.values(block)
    var start = 0
    while start < count {
      if places == nil, pending.count == 0, count - start >= rowsPerBatch {
        try write(values, start..<start + rowsPerBatch)
        start += rowsPerBatch
        continue
      }
      let end = start + min(count - start, rowsPerBatch - pending.count)
      pending.append(places.map { .places($0[start..<end]) } ?? .range(start..<end), of: values)
      start = end
      if pending.count == rowsPerBatch { try writePending() }
    }
  }

  private mutating func writePending() throws(Diagnostic) {
    try write(pending.columns, 0..<pending.count)
    pending.removeAll()
  }

  mutating func share(_ split: Split, from source: String) throws(Diagnostic) {
    for shard in split.shards {
      let old = source + "/" + shard.file
      let new = directory + "/" + shard.file
      if unsafe link(old, new) != 0 { try Folder.copyFile(old, to: new) }
      shards.append(shard)
    }
  }

  mutating func finish() throws(Diagnostic) -> Split {
    if pending.count > 0 { try writePending() }
    try closeShard()
    return Split(name: name, shards: shards)
  }

  private mutating func write(
    _ values: [ColumnValues], _ rows: Range<Int>
  ) throws(Diagnostic) {
    let open = if let file { file } else { try openShard() }
    file = open
    try open.writer.append(rows: rows, of: values)
    digests.advance(open.digest)
    open.shard.rows += rows.count
    if open.shard.rows >= rowsPerShard { try closeShard() }
  }

  private func openShard() throws(Diagnostic) -> OpenShard {
    let number = String(shards.count)
    let padding = String(repeating: "0", count: max(0, 5 - number.count))
    let name = "\(name.rawValue)-\(padding)\(number).arrow"
    let path = directory + "/" + name
    let writer = try ArrowFileWriter(path: path, columns: layout.columns)
    try writer.note(ShardNotes.description, DatasetDescription.fileName)
    for (column, names) in layout.elementNames {
      try writer.note(ShardNotes.elements, ShardNotes.text(names), column: column)
    }
    return OpenShard(writer, Shard(file: name, rows: 0), digests.shard(at: path))
  }

  private mutating func closeShard() throws(Diagnostic) {
    guard let open = file else { return }
    open.shard.isFinite = try open.writer.isFinite()
    try open.writer.finish()
    digests.finish(open.digest)
    shards.append(open.shard)
    file = nil
  }
}

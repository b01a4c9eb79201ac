internal import Artifacts
internal import Diagnostics
internal import Glibc

/// Cuts the rows of one split into record batches and shards of even size.
struct SplitWriter {
  private let name: SplitName
  private let layout: ShardLayout
  private let directory: String
  private let rowsPerBatch: Int
  private let rowsPerShard: Int
  private var pending: Block
  private var shards: [Shard] = []
  private var file: OpenShard?

  /// The shard being written; a class because a file has one owner.
  private final class OpenShard {
    let writer: ArrowFileWriter
    var shard: Shard

    init(_ writer: consuming ArrowFileWriter, _ shard: Shard) {
      self.writer = writer
      self.shard = shard
    }
  }

  /// Batches of about 4 MiB keep writing cheap; shards of about 64 MiB are shared one by one.
  init(_ name: SplitName, layout: ShardLayout, directory: String) {
    self.name = name
    self.layout = layout
    self.directory = directory
    rowsPerBatch = min(max(1, (4 << 20) / layout.rowBytes), 1 << 16)
    rowsPerShard = rowsPerBatch * 16
    pending = layout.emptyBlock
  }

  mutating func append(_ block: Block) throws(Diagnostic) {
    var start = 0
    if pending.count > 0 {
      start = min(block.count, rowsPerBatch - pending.count)
      pending.append(block.slice(0..<start))
      guard pending.count == rowsPerBatch else { return }
      try write(pending, 0..<rowsPerBatch)
      pending = layout.emptyBlock
    }
    while block.count - start >= rowsPerBatch {
      try write(block, start..<start + rowsPerBatch)
      start += rowsPerBatch
    }
    if start < block.count { pending = block.slice(start..<block.count) }
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
    if pending.count > 0 {
      try write(pending, 0..<pending.count)
      pending = layout.emptyBlock
    }
    try closeShard()
    return Split(name: name, shards: shards)
  }

  private mutating func write(_ block: Block, _ rows: Range<Int>) throws(Diagnostic) {
    let open = if let file { file } else { try openShard() }
    file = open
    try open.writer.append(rows: rows, of: layout.values(block))
    open.shard.rows += rows.count
    if open.shard.rows >= rowsPerShard { try closeShard() }
  }

  private func openShard() throws(Diagnostic) -> OpenShard {
    let number = String(shards.count)
    let padding = String(repeating: "0", count: max(0, 5 - number.count))
    let name = "\(name.rawValue)-\(padding)\(number).arrow"
    let writer = try ArrowFileWriter(path: directory + "/" + name, columns: layout.columns)
    try writer.note(ShardNotes.description, DatasetDescription.fileName)
    for (column, names) in layout.elementNames {
      try writer.note(ShardNotes.elements, ShardNotes.text(names), column: column)
    }
    return OpenShard(writer, Shard(file: name, rows: 0))
  }

  private mutating func closeShard() throws(Diagnostic) {
    guard let open = file else { return }
    open.shard.isFinite = try open.writer.isFinite()
    try open.writer.finish()
    shards.append(open.shard)
    file = nil
  }
}

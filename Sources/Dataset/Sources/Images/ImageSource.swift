internal import Artifacts
package import Diagnostics
internal import Network
internal import Options
package import YAML

/// Rows of image files; a class may go with each file.
package struct ImageSource: RowSource {
  let items: [ListedFile]
  let labels: [String: Int64]
  let name: String

  /// How pictures are read; the survey settles their size where it is not given.
  private(set) var reader: PictureReader
  private var hasSize: Bool

  /// What the survey found of each item that can be read.
  private(set) var tally = ImageTally()

  package let target: Target?
  package private(set) var warnings: [Diagnostic]
  package private(set) var remarks: [String]

  /// - Parameters:
  ///   - items: The files, in row order. Either all have a label or none has, and so with splits.
  ///   - name: The name of the feature.
  ///   - reader: How pictures are read.
  ///   - hasSize: Whether the reader's size is given, rather than to be found: the one that all images
  ///     share.
  ///   - classes: The classes where they are settled, as for a model; nil to collect them.
  ///   - warnings: What was found as the files were looked for.
  ///   - remarks: The same, where it is no reason to warn.
  package init(
    _ items: [ListedFile], name: String = "image", reader: PictureReader, hasSize: Bool = true,
    classes: [String]? = nil, warnings: [Diagnostic] = [], remarks: [String] = []
  ) {
    self.items = items
    self.warnings = warnings
    self.remarks = remarks
    self.name = name
    self.reader = reader
    self.hasSize = hasSize
    let found = Set(items.compactMap(\.label)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let classes = classes ?? found
    target =
      found.isEmpty ? nil : Target(name: "label", task: .classification, classes: classes)
    labels = Dictionary(zip(classes, 0...)) { first, _ in first }
  }

  package var features: [Feature] { hasSize ? [reader.feature(named: name)] : [] }

  package var provenance: Value {
    var value: Value = [
      "format": "images", "files": .int(items.count), "fit": .string(reader.fit.name),
    ]
    if let background = reader.background { value["background"] = background.value }
    return value
  }

  package func fileName(_ place: Int) -> String { items[place].file.name }

  package mutating func survey(_ bad: inout BadRows) throws -> RowFacts {
    var facts = RowFacts()
    var first: (info: ImageCodec.Info, name: String)?
    tally = ImageTally()
    let looks = items.concurrentMap(grain: 16) { item in
      Result { () throws(Diagnostic) in try PictureSource.file(item.file).probe() }
    }
    for (index, item) in items.enumerated() {
      do throws(Diagnostic) {
        let info = try looks[index].get()
        if !hasSize, let first, (first.info.height, first.info.width) != (info.height, info.width) {
          throw Diagnostic(
            "\(item.file.name) is \(info.width)x\(info.height) where \(first.name) is "
              + "\(first.info.width)x\(first.info.height)",
            remedy: "give the size that all images are brought to, for example `size: 64`")
        }
        first = first ?? (info, item.file.name)
        tally.add(info, of: item)
        facts.ids.append(Int64(index))
        facts.files.append(Int64(index))
        if let label = item.label, let code = labels[label] { facts.labels.append(Int32(code)) }
        if let split = item.split { facts.splits.append(split) }
      } catch {
        try bad.add(error)
      }
    }
    if !hasSize, let info = first?.info {
      reader.picture.height = info.height
      reader.picture.width = info.width
      hasSize = true
    }
    warnings += tally.warnings(reader)
    remarks += tally.remarks(reader)
    return facts
  }

  package func read(
    _ bad: inout BadRows, where isWanted: ((Int64) -> Bool)?, _ body: (Block) throws -> Void
  ) throws {
    let wanted = items.indices.filter { isWanted?(Int64($0)) ?? true }
    guard hasSize, !wanted.isEmpty else { return }
    // Inside the closure the problems could not be added to a parameter that is lent.
    var found = bad
    defer { bad = found }
    let sources = wanted.map { PictureSource.file(items[$0].file) }
    try reader.forEachBatch(of: sources) { batch in
      for (_, problem) in batch.problems.sorted(by: { $0.key < $1.key }) { try found.add(problem) }
      let rows = batch.good.map { wanted[batch.start + $0] }
      guard !rows.isEmpty else { return }
      var block = Block(rows: rows.map(Int64.init), features: [name: batch.values])
      if target != nil {
        block.target = .int64(rows.map { row in items[row].label.flatMap { labels[$0] } ?? -1 })
      }
      try body(block)
    }
  }
}

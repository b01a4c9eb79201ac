internal import Diagnostics
internal import YAML

extension ImageSource {
  /// The folder's class, where there is any.
  package var columns: [String] { items.contains { $0.label != nil } ? ["label"] : [] }

  package var newNames: [String] { ["file"] }

  package func readNew(_ body: (NewRowBlock) throws -> Void) throws {
    let sources = items.map { PictureSource.file($0.file) }
    try reader.forEachBatch(of: sources) { batch in
      let problems = batch.problems
      let rows = (0..<batch.count).map { place in
        let item = items[batch.start + place]
        var row = NewRow(name: ["file": .string(item.file.name)], label: item.file.name)
        if !columns.isEmpty { row.cells = [item.label ?? ""] }
        row.truth = item.label.flatMap { labels[$0] }.map(Float.init)
        row.problem = problems[place]
        return row
      }
      let ids = batch.good.map { Int64(batch.start + $0) }
      try body(NewRowBlock(rows: rows, block: Block(rows: ids, features: [name: batch.values])))
    }
  }
}

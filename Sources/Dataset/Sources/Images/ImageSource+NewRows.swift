internal import Diagnostics
internal import YAML

extension ImageSource {
  /// The folder's class, where there is any.
  package var columns: [String] { items.contains { $0.label != nil } ? ["label"] : [] }

  package var newNames: [String] { ["file"] }

  package func readNew(_ body: (NewRowBlock) throws -> Void) throws {
    guard let picture else { return }
    let layout = ShardLayout(features: features, target: nil, isWeighted: false)
    let rowsPerBlock = max(1, (4 << 20) / picture.count)
    var read = NewRowBlock(block: layout.emptyBlock)
    for (index, item) in items.enumerated() {
      var row = NewRow(name: ["file": .string(item.file.name)], label: item.file.name)
      if !columns.isEmpty { row.cells = [item.label ?? ""] }
      row.truth = item.label.flatMap { labels[$0] }.map(Float.init)
      do throws(Diagnostic) {
        read.block.features[name]?.append(.uint8(try pixels(of: item.file, as: picture)))
        read.block.rows.append(Int64(index))
      } catch {
        row.problem = Self.naming(item.file, error)
      }
      read.rows.append(row)
      if read.rows.count == rowsPerBlock {
        try body(read)
        read = NewRowBlock(block: layout.emptyBlock)
      }
    }
    if !read.rows.isEmpty { try body(read) }
  }
}

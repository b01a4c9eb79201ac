internal import Dataset
internal import YAML

/// Finds rows whose content is the same byte for byte, by sorting 24 bytes of each.
struct EqualRows {
  private let data: CleaningData
  private let withTarget: Bool

  init(_ data: CleaningData, withTarget: Bool) {
    self.data = data
    self.withTarget = withTarget
  }

  func fit() throws -> FittedStep {
    var places = SplitPlaces(data)
    let keys = try Spool<RowKey>(count: places.count, in: data.directory)
    var start = 0
    for split in data.splits {
      try data.forEachBlock(in: split) { block in
        let columns = data.features.compactMap { block.features[$0.name] }
        let target = withTarget ? block.target.map { [$0] } ?? [] : []
        keys.write(RowKey.keys(of: block, columns + target, from: start), at: start)
        start += block.count
      }
    }
    unsafe keys.withValues(0..<start) { values in
      var keys = unsafe values
      unsafe keys.sort()
      var first = 0
      for place in keys.indices.dropFirst() {
        if unsafe keys[place].hasContent(of: keys[first]) {
          unsafe places.mark(keys[place].place, like: keys[first].place)
        } else {
          first = place
        }
      }
    }
    return places.step
  }
}

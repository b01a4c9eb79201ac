extension Block {
  /// A hash of each row's features, by name, and of its target: equal for rows that are equal bit for bit.
  package var rowHashes: [UInt64] {
    var hashes = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: count)
    let columns = features.sorted { $0.key < $1.key }.map(\.value) + [target].compactMap { $0 }
    for column in columns { Self.mix(column, into: &hashes) }
    return hashes
  }

  /// Takes eight bytes at a time into the hash of their row (multiply and fold, as wyhash does).
  private static func mix(_ column: ColumnValues, into hashes: inout [UInt64]) {
    let rows = hashes.count
    unsafe column.withBytes { bytes in
      let width = bytes.count / max(1, rows)
      for row in 0..<rows {
        var hash = hashes[row]
        var place = row * width
        let end = place + width
        while place < end {
          let size = min(8, end - place)
          var word: UInt64 = 0
          if size == 8 {
            word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
          } else if size == 4 {
            word = UInt64(unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
          } else {
            for index in 0..<size {
              word |= UInt64(unsafe bytes[place + index]) << (8 * UInt64(index))
            }
          }
          let product = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
          hash = product.high ^ product.low ^ 0xE703_7ED1_A0B4_28DB
          place += size
        }
        hashes[row] = hash
      }
    }
  }
}

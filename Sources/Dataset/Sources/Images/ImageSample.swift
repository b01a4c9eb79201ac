/// A small picture of a dataset's file, for people to look at.
package struct ImageSample: Hashable, Sendable {
  /// The file's name.
  package var name: String

  /// Its class, where there is one.
  package var label: String?

  /// A PNG file.
  package var png: [UInt8]
}

extension ImageSource {
  /// Small pictures of some files, as many of each class as come to the count, whole in squares.
  ///
  /// - Parameters:
  ///   - count: The most pictures.
  ///   - side: The pixels of a side.
  package func samples(_ count: Int, side: Int = 64) -> [ImageSample] {
    let classes = Dictionary(grouping: items.indices) { items[$0].label ?? "" }
    let columns = classes.keys.sorted().compactMap { classes[$0] }
    var chosen: [Int] = []
    for row in 0..<(columns.map(\.count).max() ?? 0) where chosen.count < count {
      // Spread over the class, because neighbours are often alike.
      chosen += columns.filter { $0.count > row }.map { places in
        let step = max(1, places.count / max(1, count / columns.count))
        return places[(row * step) % places.count]
      }
    }
    chosen = Array(Set(chosen.prefix(count))).sorted()
    var small = reader
    small.picture.height = side
    small.picture.width = side
    small.fit = .contain
    small.background = small.background ?? .white
    small.depth = .bits8
    let batch = small.read(chosen.map { .file(items[$0].file) })
    guard case .uint8(let planes) = batch.values else { return [] }
    return batch.good.enumerated().compactMap { index, place in
      let item = items[chosen[place]]
      let own = Array(planes[(index * small.picture.count)...].prefix(small.picture.count))
      guard let png = try? ImageCodec.png(own, of: small.picture) else { return nil }
      return ImageSample(name: item.file.name, label: item.label, png: png)
    }
  }
}

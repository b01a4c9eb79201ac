internal import Network
package import Tensor

/// How image files become pictures of one size.
///
/// A picture is turned as its camera data states, laid over the background where it is transparent, and
/// resampled by a triangle filter as wide as two of the pixels wanted (as Pillow and torchvision do with
/// antialiasing). JPEG is decoded at the eighths of its size that leave twice the pixels wanted.
package struct PictureReader: Hashable, Sendable {
  package var picture: Picture
  package var fit: ImageFit

  /// Nil for white behind transparent pixels, and black around a picture that is contained.
  package var background: Background?
  package var depth: ImageDepth

  package init(
    _ picture: Picture, fit: ImageFit = .cover, background: Background? = nil,
    depth: ImageDepth = .bits8
  ) {
    self.picture = picture
    self.fit = fit
    self.background = background
    self.depth = depth
  }

  /// The elements of the pictures.
  package var type: ElementType { depth == .bits16 ? .float32 : .uint8 }

  /// Bytes of one picture.
  package var byteCount: Int { picture.count * type.size }

  /// The feature that the pictures are.
  package func feature(named name: String, columns: [String] = []) -> Feature {
    Feature(name: name, kind: .image, shape: picture.shape, type: type, columns: columns)
  }

  /// Reads some pictures at once, in the threads of the stage.
  package func read(_ sources: [PictureSource]) -> PictureBatch {
    var lanes = PictureLanes()
    let batch = PictureBatch(sources[...], by: self)
    lanes.start(batch)
    batch.wait()
    return batch
  }

  /// Calls `body` with the pictures of some sources at a time, in order, while the next are decoded.
  ///
  /// - Parameters:
  ///   - count: How many make a batch; as many as fit in 4 MiB where nil.
  ///   - body: What it throws ends the reading.
  package func forEachBatch(
    of sources: [PictureSource], count: Int? = nil, _ body: (PictureBatch) throws -> Void
  ) throws {
    let count = count ?? max(1, (4 << 20) / byteCount)
    var lanes = PictureLanes()
    var ahead: [PictureBatch] = []
    defer { for batch in ahead { batch.cancel() } }
    var start = 0
    while start < sources.count || !ahead.isEmpty {
      while ahead.count < lanes.batchesAhead(of: count), start < sources.count {
        let end = min(start + count, sources.count)
        let batch = PictureBatch(sources[start..<end], by: self)
        lanes.start(batch)
        ahead.append(batch)
        start = end
      }
      let batch = ahead.removeFirst()
      batch.wait()
      try body(batch)
    }
  }
}

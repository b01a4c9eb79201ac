/// The size and colours of decoded images.
package struct Picture: Hashable, Sendable {
  /// 1 for grey, 3 for red, green and blue.
  package var channels: Int
  package var height: Int
  package var width: Int

  package init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// The shape of one row of a feature: `[C, H, W]`.
  package var shape: [Int] { [channels, height, width] }

  /// Bytes of one picture.
  package var count: Int { channels * height * width }
}

/// Changes of the images of a batch, each with steps of its own, and what is common to all.
package struct ImageProgram: Hashable, Sendable {
  /// The steps of each image.
  package var steps: [[ImageChange]]
  package var interpolation = Interpolation.bilinear

  /// What lies outside an image; for `zeros` it is the fill.
  package var border = ImageBorder.zeros

  /// A value for each channel.
  package var fill: [Float]

  /// The values of no light and of all.
  package var light: ClosedRange<Float>

  /// The map of each channel that values go through at last; nil where they stay.
  package var scale: RowScale?

  package init(
    _ steps: [[ImageChange]], fill: [Float], light: ClosedRange<Float> = 0...255,
    scale: RowScale? = nil
  ) {
    self.steps = steps
    self.fill = fill
    self.light = light
    self.scale = scale
  }
}

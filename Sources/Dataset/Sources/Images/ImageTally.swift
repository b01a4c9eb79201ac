internal import Diagnostics

/// Counts what decoding does to images that their users may not expect.
struct ImageTally {
  private var images = 0
  private var turned = 0
  private var transparent: (count: Int, first: String) = (0, "")
  private var deep: (count: Int, first: String) = (0, "")

  mutating func add(_ info: ImageCodec.Info, named name: String) {
    images += 1
    if info.isTurned { turned += 1 }
    if info.isTransparent { Self.count(name, in: &transparent) }
    if info.bits > 8 { Self.count(name, in: &deep) }
  }

  private static func count(_ name: String, in tally: inout (count: Int, first: String)) {
    if tally.count == 0 { tally.first = name }
    tally.count += 1
  }

  /// What is done for the user's sake.
  var remarks: [String] {
    turned == 0 ? [] : ["\(turned) of \(images) images turned by their EXIF orientation"]
  }

  /// What is lost.
  var warnings: [Diagnostic] {
    var warnings: [Diagnostic] = []
    if transparent.count > 0 {
      warnings.append(
        Diagnostic(
          "the transparency of \(transparent.count) of \(images) images, such as "
            + "'\(transparent.first)', is dropped", severity: .warning,
          remedy: "what shows is the colour that they store there; paint a background in the files "
            + "if it should be another"))
    }
    if deep.count > 0 {
      warnings.append(
        Diagnostic(
          "the 16 bits of \(deep.count) of \(images) images, such as '\(deep.first)', become 8",
          severity: .warning,
          remedy: "spread their range over all 16 bits in the files if it is a narrow one"))
    }
    return warnings
  }
}

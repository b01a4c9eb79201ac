internal import Diagnostics

/// Counts what image files are, and what decoding does to them that their users may not expect.
struct ImageTally {
  /// Some of the images, with the name of one.
  private struct Some {
    var count = 0
    var first = ""

    mutating func add(_ name: String) {
      if count == 0 { first = name }
      count += 1
    }
  }

  private var images = 0
  private var turned = Some()
  private var transparent = Some()
  private var deep = Some()
  private var several = Some()
  private var profiled = Some()

  /// What the images of each class are.
  private(set) var classes: [String: ImageMakeup] = [:]

  mutating func add(_ info: ImageCodec.Info, of item: ListedFile) {
    let name = item.file.name
    images += 1
    if info.isTurned { turned.add(name) }
    if info.isTransparent { transparent.add(name) }
    if info.bits > 8 { deep.add(name) }
    if info.holdsMore { several.add(name) }
    if info.isProfiled { profiled.add(name) }
    classes[item.label ?? "", default: ImageMakeup()].add(info, split: item.split)
  }

  private func part(_ some: Some) -> String { "\(some.count) of \(images) images" }

  /// What is done for the user's sake.
  func remarks(_ reader: PictureReader) -> [String] {
    var remarks: [String] = []
    if turned.count > 0 { remarks.append("\(part(turned)) turned by their EXIF orientation") }
    if transparent.count > 0 {
      let colour = (reader.background ?? .white).text
      remarks.append(
        "the transparent pixels of \(part(transparent)), such as '\(transparent.first)', are laid over "
          + "\(colour); 'background' is another colour")
    }
    if several.count > 0 {
      remarks.append(
        "\(part(several)), such as '\(several.first)', hold several pictures; the first is taken")
    }
    if profiled.count > 0 {
      remarks.append(
        "the colour profiles of \(part(profiled)), such as '\(profiled.first)', are not sRGB, and not "
          + "heeded")
    }
    return remarks
  }

  /// What is lost.
  func warnings(_ reader: PictureReader) -> [Diagnostic] {
    guard deep.count > 0, reader.depth == .bits8 else { return [] }
    return [
      Diagnostic(
        "the 16 bits of \(part(deep)), such as '\(deep.first)', become 8", severity: .warning,
        remedy: "keep them with 'depth: 16-bit'")
    ]
  }
}

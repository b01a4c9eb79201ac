internal import Artifacts
package import Diagnostics
package import Network
package import Options
internal import Tensor
package import YAML

/// Image files in a folder for each class, or without classes.
package enum ImageFolders: Source {
  package static let key = "images"
  package static let summary =
    "Folders of JPEG, PNG, WebP, TIFF and BMP files with a folder for each class, or the files themselves."
  package static let sharedKeys: [SharedKey] = []
  package static let noun = "an image"

  package static func recognizes(_ start: FileStart) -> Bool {
    FileSignature.name(of: start.bytes)?.hasSuffix("image") ?? false
  }

  package struct Settings: Options {
    var size: ImageSize?
    var fit = ImageFit.cover
    var color = ImageColor.rgb
    var background: Background?
    var depth = ImageDepth.bits8

    package init() {}

    package static var fields: [Field<Self>] {
      option("size", \.size, "The side of the pictures in pixels, or [height, width].")
      option("fit", \.fit, "How images of other proportions come to the size.")
      option("color", \.color, "Whether pictures are loaded in colour or grey.")
      option(
        "background", \.background,
        "The colour behind transparent pixels (by default white), and around pictures that are contained "
          + "(by default black).")
      option("depth", \.depth, "What becomes of samples of 16 bits.")
    }

    /// How pictures of these channels and of a size are read.
    func reader(_ size: ImageSize) -> PictureReader {
      PictureReader(
        Picture(channels: color.channels, height: size.height, width: size.width), fit: fit,
        background: background, depth: depth)
    }
  }

  package static let rules: [Rule] = [
    .different("task", "regression"), .different("task", "multi-label"),
  ]

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    FileListing.problems(of: .images, request, node)
  }

  package static func kinds(_ request: RowRequest) -> Set<FeatureKind> { [.image] }

  package static func inputs(
    _ settings: Settings, _ request: RowRequest
  ) -> [NetworkInput]? {
    settings.size.map { size in
      let shape = [settings.color.channels, size.height, size.width]
      return [NetworkInput(name: "image", kind: .image, shape: shape)]
    }
  }

  /// Looks for pictures in the folders.
  package static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook {
    FileListing.look(for: .images, under: key, request, search, node)
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    let listing = try FileListing(of: .images, request, search)
    // The size of the first image stands for one that is not given, if all images have it.
    let reader = settings.reader(settings.size ?? ImageSize(height: 1, width: 1))
    return ImageSource(
      listing.items, reader: reader, hasSize: settings.size != nil, warnings: listing.warnings,
      remarks: listing.remarks)
  }

  package static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)? {
    guard features.count == 1, let image = features.first, image.kind == .image,
      image.columns.isEmpty
    else { return nil }
    let picture = Picture(
      channels: image.shape[0], height: image.shape[1], width: image.shape[2])
    let reader = PictureReader(
      picture, fit: provenance["fit"]?.string.flatMap(ImageFit.init(name:)) ?? .cover,
      background: provenance["background"]?.string.flatMap(Background.init),
      depth: image.type == .float32 ? .bits16 : .bits8)
    let items = try FileListing.newFiles(files, of: .images, target.classes)
    return ImageSource(items, name: image.name, reader: reader, classes: target.classes)
  }
}

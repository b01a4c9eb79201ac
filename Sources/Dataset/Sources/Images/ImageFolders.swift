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
    var problems: [Diagnostic] = []
    if request.task == .regression || request.task == .multiLabel {
      let noun = request.task == .regression ? "numbers" : "labels of which a picture has several"
      problems.append(
        Diagnostic(
          "folders are classes, not \(noun)", at: node["task"]?.range ?? node.range,
          remedy: "remove 'task'"))
    }
    if request.weight != nil {
      problems.append(
        Diagnostic(
          "images have no column of weights", at: node["weight"]?.range ?? node.range,
          remedy: "remove 'weight'"))
    }
    if request.split != nil || request.group != nil || request.time != nil {
      problems.append(
        Diagnostic(
          "images have no columns to split by", at: node["split"]?.range ?? node.range,
          remedy: "split them by fractions or 'files'"))
    }
    return problems
  }

  package static func kinds(_ request: RowRequest) -> Set<FeatureKind> { [.image] }

  /// Looks for pictures in the folders.
  package static func look(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> SourceLook {
    var look = SourceLook()
    look.problems = dealtTwice(request, search, node)
    guard look.problems.isEmpty else { return look }
    for (index, pattern) in request.patterns.enumerated() {
      do throws(Diagnostic) {
        var single = request
        single.patterns = [pattern]
        _ = try ImageListing(single, search)
      } catch {
        var problem = error
        problem.range = (node[key] ?? node).place(ofElement: index)
        look.problems.append(problem)
      }
    }
    return look
  }

  /// Finds folders that are splits and would be taken for classes and split by chance.
  private static func dealtTwice(
    _ request: RowRequest, _ search: FileSearch, _ node: Node
  ) -> [Diagnostic] {
    guard request.isDealtOut, let files = try? search.files(request.patterns) else { return [] }
    return files.compactMap { file in
      guard let names = try? Folder.names(in: file.path) else { return nil }
      let folders = names.filter { name in
        guard !name.hasPrefix(".") else { return false }
        let status = try? FileStatus(of: file.path + "/" + name)
        return status?.kind == .folder
      }
      guard SplitFolders.areSplits(folders) else { return nil }
      var problem = ImageListing.dealtTwice(file.name, Set(folders))
      problem.range = (node["split"] ?? node).range
      return problem
    }
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    let listing = try ImageListing(request, search)
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
    var items: [ImageSource.Item] = []
    for file in files { items += try newItems(file, target.classes) }
    return ImageSource(items, name: image.name, reader: reader, classes: target.classes)
  }

  /// A file, or the images of a folder: one that is named as a class tells the class of those in it.
  private static func newItems(
    _ file: SourceFile, _ classes: [String]
  ) throws(Diagnostic) -> [ImageSource.Item] {
    func item(_ file: SourceFile) -> ImageSource.Item {
      let folders = file.name.split(separator: "/").dropLast().map(String.init)
      return ImageSource.Item(file, label: folders.last { classes.contains($0) })
    }
    guard try FileStatus(of: file.path, following: true)?.kind == .folder else {
      return [item(file)]
    }
    let items = try FileTree.entries(below: file.path).compactMap { entry -> ImageSource.Item? in
      guard ImageListing.isImage(path: entry.path) else { return nil }
      let name = file.name.hasSuffix("/") ? file.name + entry.path : "\(file.name)/\(entry.path)"
      return item(SourceFile(path: file.path + "/" + entry.path, name: name))
    }
    guard !items.isEmpty else { throw ImageListing.noImages(below: file.name) }
    return items
  }
}

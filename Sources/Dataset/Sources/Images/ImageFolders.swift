internal import Artifacts
package import Diagnostics
package import Network
package import Options
package import YAML

/// PNG and JPEG files in a folder for each class, or without classes.
package enum ImageFolders: Source {
  package static let key = "images"
  package static let summary =
    "Folders of PNG and JPEG files with a folder for each class, or the files themselves."
  package static let sharedKeys: [SharedKey] = []

  package struct Settings: Options {
    var size: ImageSize?
    var fit = ImageFit.cover
    var color = Color.rgb

    package init() {}

    package static var fields: [Field<Self>] {
      option("size", \.size, "The side of the pictures in pixels, or [height, width].")
      option("fit", \.fit, "How images of other proportions come to the size.")
      option("color", \.color, "Whether pictures are loaded in colour or grey.")
    }
  }

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if request.task == .regression {
      problems.append(
        Diagnostic(
          "folders are classes, not numbers", at: node["task"]?.range ?? node.range,
          remedy: "remove 'task'"))
    }
    if request.split != nil || request.group != nil {
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
    let list = node[key]?.sequence
    for (index, pattern) in request.patterns.enumerated() {
      do throws(Diagnostic) {
        _ = try items([pattern], search, labelled: request.task != RowRequest.Task.none)
      } catch {
        var problem = error
        let place = list.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? node[key]
        problem.range = (place ?? node).range
        look.problems.append(problem)
      }
    }
    return look
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    let items = try items(
      request.patterns, search, labelled: request.task != RowRequest.Task.none)
    return ImageSource(
      items, channels: settings.color == .grey ? 1 : 3,
      size: settings.size.map { ($0.height, $0.width) }, fit: settings.fit)
  }

  package static func newRows(
    _ files: [SourceFile], for features: [Feature], _ provenance: Value
  ) throws -> (any RowSource)? {
    guard features.count == 1, let image = features.first, image.kind == .image else { return nil }
    let fit = provenance["fit"]?.string.flatMap(ImageFit.init(rawValue:)) ?? .cover
    return ImageSource(
      files.map { ImageSource.Item($0) }, name: image.name, channels: image.shape[0],
      size: (image.shape[1], image.shape[2]), fit: fit)
  }

  /// The images of folders with the folder's name as the class, and images that are named
  /// themselves with that of the folder they are in.
  private static func items(
    _ patterns: [PathPattern], _ search: FileSearch, labelled: Bool
  ) throws(Diagnostic) -> [ImageSource.Item] {
    var items: [ImageSource.Item] = []
    for pattern in patterns {
      let start = items.count
      let files = try search.files([pattern])
      for file in files {
        if try FileStatus(of: file.path, following: true)?.kind == .folder {
          items += try Self.items(in: file, labelled: labelled)
        } else {
          items.append(
            ImageSource.Item(file, label: labelled ? file.name.parentPath.lastName : nil))
        }
      }
      if items.count == start {
        throw Diagnostic(
          "there is no PNG or JPEG file below '\(pattern.text)'",
          remedy: "images are found by the endings .png, .jpg and .jpeg")
      }
    }
    return items
  }

  private static let endings: Set<String> = ["png", "jpg", "jpeg"]

  private static func items(
    in folder: SourceFile, labelled: Bool
  ) throws(Diagnostic) -> [ImageSource.Item] {
    var items: [ImageSource.Item] = []
    for entry in try FileTree.entries(below: folder.path) {
      let parts = entry.path.split(separator: "/")
      let isHidden = parts.contains { $0.hasPrefix(".") }
      guard let name = parts.last, let dot = name.lastIndex(of: "."), !isHidden,
        endings.contains(name[name.index(after: dot)...].lowercased())
      else { continue }
      guard parts.count > 1 || !labelled else {
        throw Diagnostic(
          "'\(folder.name)/\(entry.path)' is in no class folder",
          remedy: "put it in a folder with its class as name, or give 'task: none'")
      }
      let file = SourceFile(
        path: folder.path + "/" + entry.path, name: folder.name + "/" + entry.path)
      items.append(ImageSource.Item(file, label: labelled ? parts.first.map(String.init) : nil))
    }
    return items
  }
}

extension ImageFolders {
  /// The channels of loaded pictures.
  enum Color: String, NamedOption {
    case rgb
    case grey

    var summary: String {
      switch self {
      case .rgb: "Three channels: red, green and blue."
      case .grey: "One channel of brightness."
      }
    }
  }
}

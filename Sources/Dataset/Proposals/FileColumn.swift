internal import Artifacts
internal import Diagnostics
internal import Network
internal import YAML

/// A column whose cells are images or sounds: files that it names, or their bytes.
struct FileColumn {
  let kind: FeatureKind
  private(set) var remarks: [String] = []
  private var settings: [String: Value] = [:]

  /// A column that names files, as some of its texts show.
  ///
  /// Fails where texts are no names of files, or the files are not there.
  init?(_ texts: [String], hasMissing: Bool, in table: TableSource) {
    guard Self.areNames(texts), let file = table.contents.files.first,
      let root = Self.root(of: texts, beside: file)
    else { return nil }
    kind = texts.allSatisfy { FileListing.isOf(.sounds, path: $0.lastName) } ? .audio : .image
    settings["root"] = .string(root.name)
    if hasMissing {
      settings["absent"] = "blank"
      remarks.append(
        kind == .image
          ? "rows without a file have a black picture" : "rows without a file have silence")
    }
    look(texts.map { .file(SourceFile(path: $0.path(in: root.path), name: $0)) })
  }

  /// A column of bytes; fails where they are no images.
  init?(bytesOf column: Int, in table: TableSource) {
    var sources: [PictureSource] = []
    var hasMissing = false
    try? table.contents.forEachBatch([ColumnRequest(column, as: .texts)], of: table.header) {
      guard case .texts(let cells)? = $0.columns.first else { return false }
      for row in 0..<min($0.rows, Self.mostLooks) {
        let cell = cells[row]
        if cell.isEmpty { hasMissing = true } else { sources.append(.bytes(Array(cell), name: "")) }
      }
      return false
    }
    guard let first = sources.first else { return nil }
    kind = (try? first.probe()) == nil ? .audio : .image
    if hasMissing { settings["absent"] = "blank" }
    guard look(sources) else { return nil }
  }

  private static let mostLooks = 64

  /// Whether texts are names of images, or all of sounds.
  static func areNames(_ texts: [String]) -> Bool {
    !texts.isEmpty
      && [Medium.images, .sounds].contains { medium in
        texts.allSatisfy { FileListing.isOf(medium, path: $0.lastName) }
      }
  }

  /// The folder at which the names start: that of the table, or one in it.
  private static func root(of texts: [String], beside table: SourceFile) -> SourceFile? {
    let own = SourceFile(path: table.path.folderPath, name: table.name.folderPath)
    let inner = ((try? Folder.names(in: own.path.isEmpty ? "." : own.path)) ?? []).sorted()
      .filter { !$0.hasPrefix(".") }
      .map { SourceFile(path: $0.path(in: own.path), name: $0.path(in: own.name)) }
    func holds(_ root: SourceFile) -> Bool {
      texts.allSatisfy { text in
        (try? FileStatus(of: text.path(in: root.path), following: true))?.kind == .file
      }
    }
    if holds(own) {
      // The smallest folder belongs to what the stage reads.
      let tops = Set(texts.map { $0.split(separator: "/").first.map(String.init) ?? "" })
      return tops.count == 1 && texts.allSatisfy { $0.contains("/") } || !own.name.isEmpty
        ? own : SourceFile(path: own.path, name: ".")
    }
    return inner.first(where: holds)
  }

  /// Settles the size of pictures and the length of sounds.
  @discardableResult private mutating func look(_ sources: [PictureSource]) -> Bool {
    guard kind == .image else {
      let infos = sources.compactMap { source -> AudioCodec.Info? in
        switch source {
        case .file(let file): try? AudioCodec.probe(.file(file.path))
        case .bytes(let bytes, _): try? AudioCodec.probe(.bytes(bytes))
        }
      }
      guard let longest = infos.map(\.seconds).max(), let rate = infos.first?.rate else {
        return false
      }
      let seconds = min(10, max(0.1, (longest * 10).rounded(.up) / 10))
      settings["seconds"] = .double(seconds)
      if rate < AudioSettings().rate { settings["rate"] = .int(rate) }
      remarks.append("takes \(seconds) seconds of each sound; 'seconds' is another length")
      return true
    }
    let infos = sources.compactMap { try? $0.probe() }
    guard let first = infos.first else { return false }
    let isOne = infos.allSatisfy { $0.height == first.height && $0.width == first.width }
    if isOne, max(first.height, first.width) <= 128 {
      settings["size"] =
        first.height == first.width
        ? .int(first.height) : .array([.int(first.height), .int(first.width)])
      return true
    }
    let side = infos.contains { min($0.height, $0.width) < 64 } ? 32 : 64
    settings["size"] = .int(side)
    remarks.append("all images are brought to \(side) by \(side) pixels; 'size' is another")
    return true
  }

  /// The feature as a pipeline declares it.
  func feature(of column: String) -> Value {
    var feature = settings
    feature["columns"] = .string(column)
    feature["kind"] = .string(kind.traits.noun)
    return .object(feature)
  }
}

internal import Artifacts
package import Diagnostics
internal import Network
internal import Tensor
package import YAML

/// Rows of PNG and JPEG files; a class may go with each file.
package struct ImageSource: RowSource {
  /// A file with the class and the split that it belongs to.
  package struct Item: Hashable, Sendable {
    package var file: SourceFile
    package var label: String?
    package var split: SplitName?

    package init(_ file: SourceFile, label: String? = nil, split: SplitName? = nil) {
      self.file = file
      self.label = label
      self.split = split
    }
  }

  let items: [Item]
  private let fit: ImageFit
  private let channels: Int
  let labels: [String: Int64]

  /// Nil until the survey finds the size that all images share.
  private(set) var picture: Picture?
  let name: String

  package let target: Target?
  package private(set) var warnings: [Diagnostic]
  package private(set) var remarks: [String]

  /// - Parameters:
  ///   - items: The files, in row order. Either all have a label or none has, and so with splits.
  ///   - name: The name of the feature.
  ///   - channels: 1 for grey, 3 for red, green and blue.
  ///   - size: Height and width of the pictures; nil where all images share one size.
  ///   - classes: The classes where they are settled, as for a model; nil to collect them.
  ///   - warnings: What was found as the files were looked for.
  ///   - remarks: The same, where it is no reason to warn.
  package init(
    _ items: [Item], name: String = "image", channels: Int, size: (height: Int, width: Int)?,
    fit: ImageFit, classes: [String]? = nil, warnings: [Diagnostic] = [], remarks: [String] = []
  ) {
    self.items = items
    self.warnings = warnings
    self.remarks = remarks
    self.name = name
    self.channels = channels
    self.fit = fit
    picture = size.map { Picture(channels: channels, height: $0.height, width: $0.width) }
    let found = Set(items.compactMap(\.label)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let classes = classes ?? found
    target =
      found.isEmpty ? nil : Target(name: "label", task: .classification, classes: classes)
    labels = Dictionary(zip(classes, 0...)) { first, _ in first }
  }

  package var features: [Feature] {
    picture.map { [Feature(name: name, kind: .image, shape: $0.shape, type: .uint8)] } ?? []
  }

  package var provenance: Value {
    ["format": "images", "files": .int(items.count), "fit": .string(fit.rawValue)]
  }

  package func fileName(_ place: Int) -> String { items[place].file.name }

  package mutating func survey(_ bad: inout BadRows) throws -> RowFacts {
    var facts = RowFacts()
    var first: (picture: Picture, name: String)?
    var tally = ImageTally()
    for (index, item) in items.enumerated() {
      do throws(Diagnostic) {
        let info = try Self.probe(item.file)
        let size = Picture(channels: channels, height: info.height, width: info.width)
        if picture == nil, let first, first.picture != size {
          throw Diagnostic(
            "\(item.file.name) is \(size.width)x\(size.height) where \(first.name) is "
              + "\(first.picture.width)x\(first.picture.height)",
            remedy: "give the size that all images are brought to, for example `size: 64`")
        }
        first = first ?? (size, item.file.name)
        tally.add(info, named: item.file.name)
        facts.ids.append(Int64(index))
        facts.files.append(Int32(index))
        if let label = item.label, let code = labels[label] { facts.labels.append(Int32(code)) }
        if let split = item.split { facts.splits.append(split) }
      } catch {
        try bad.add(error)
      }
    }
    picture = picture ?? first?.picture
    warnings += tally.warnings
    remarks += tally.remarks
    return facts
  }

  package func read(
    _ bad: inout BadRows, where isWanted: (Int64) -> Bool, _ body: (Block) throws -> Void
  ) throws {
    guard let picture else { return }
    let layout = ShardLayout(features: features, target: target, isWeighted: false)
    let rowsPerBlock = max(1, (4 << 20) / picture.count)
    var block = layout.emptyBlock
    for (index, item) in items.enumerated() where isWanted(Int64(index)) {
      do throws(Diagnostic) {
        let pixels = try pixels(of: item.file, as: picture)
        block.features[name]?.append(.uint8(pixels))
        if let label = item.label { block.target?.append(.int64([labels[label] ?? -1])) }
        block.rows.append(Int64(index))
      } catch {
        try bad.add(Self.naming(item.file, error))
      }
      if block.count == rowsPerBlock {
        try body(block)
        block = layout.emptyBlock
      }
    }
    if block.count > 0 { try body(block) }
  }

  /// The pixels of a file's image, brought to a size.
  func pixels(of file: SourceFile, as picture: Picture) throws(Diagnostic) -> [UInt8] {
    try ImageCodec.decode(Self.bytes(file), as: picture, fit: fit)
  }

  /// An image file larger than this is not read.
  private static let mostBytes = 1 << 28

  static func bytes(_ file: SourceFile) throws(Diagnostic) -> [UInt8] {
    try file.requireContent()
    guard let bytes = try Folder.contents(of: file.path, atMost: mostBytes) else {
      throw Diagnostic("the file is larger than 256 MiB")
    }
    return bytes
  }

  /// What the header of a file's image says.
  static func probe(_ file: SourceFile) throws(Diagnostic) -> ImageCodec.Info {
    do throws(Diagnostic) { return try probe(bytes(file)) } catch { throw naming(file, error) }
  }

  /// Names the format of what is neither PNG nor JPEG, where it is known.
  private static func probe(_ bytes: [UInt8]) throws(Diagnostic) -> ImageCodec.Info {
    do {
      return try ImageCodec.probe(bytes)
    } catch {
      guard let other = FileSignature.name(of: bytes), !other.hasSuffix("PNG image"),
        !other.hasSuffix("JPEG image")
      else { throw error }
      throw Diagnostic(
        "the content is \(other), which is not read", remedy: "convert it to PNG or JPEG")
    }
  }

  static func naming(_ file: SourceFile, _ problem: Diagnostic) -> Diagnostic {
    var named = problem
    if !problem.message.hasPrefix(file.name) { named.message = "\(file.name): \(problem.message)" }
    return named
  }
}

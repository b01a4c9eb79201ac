package import Diagnostics
internal import Network
internal import Tensor
package import YAML

extension DatasetDescription {
  /// The format that this code writes, and the newest that it reads. Since 2 shards show other programs
  /// the texts of categories and classes, single numbers as columns of their own, and what is missing; since
  /// 3 several numbers of a row are lists, which every program knows, and tensors have two axes or more.
  private static let format = 3

  /// The description as `dataset.json` holds it.
  package var value: Value {
    [
      "format": .int(Self.format),
      "features": .array(features.map(\.value)),
      "target": target?.value ?? .null,
      "splits": .array(splits.map(\.value)),
      "weighted": .bool(isWeighted),
      "applied": .array(applied.map(DeferredSteps.encode)),
      "steps": .array(steps.map(DeferredSteps.encode)),
      "statistics": statistics,
      "provenance": provenance,
    ]
  }

  /// Reads an untrusted description.
  ///
  /// - Parameter file: The name that errors carry.
  /// - Throws: A `Diagnostic` naming the member that is not as it should be.
  package init(_ value: Value, file: String) throws(Diagnostic) {
    let root = try MemberReader(value, path: "dataset", file: file)
    let format = try root.integer("format", in: 1...Int.max)
    guard format <= Self.format else {
      throw Diagnostic(
        "\(file) has the format \(format), newer than this program's \(Self.format)",
        remedy: "use the newer anneal that wrote it")
    }
    features = try readAll(root.elements("features")) { r throws(Diagnostic) in try Feature(r) }
    let hasTarget = root.object["target"].map { !$0.isNull } ?? false
    target = hasTarget ? try Target(root.members("target")) : nil
    splits = try readAll(root.elements("splits")) { r throws(Diagnostic) in try Split(r) }
    isWeighted = try root.bool("weighted")
    applied = try DeferredSteps.decode(root.array("applied"), file: file)
    steps = try DeferredSteps.decode(root.array("steps"), file: file)
    statistics = root.object["statistics"] ?? .object([:])
    provenance = root.object["provenance"] ?? .object([:])
    try checkNames(file)
  }

  private func checkNames(_ file: String) throws(Diagnostic) {
    guard Set(features.map(\.name)).count == features.count else {
      throw Diagnostic("\(file) names a feature twice")
    }
    guard Set(splits.map(\.name)).count == splits.count else {
      throw Diagnostic("\(file) names a split twice")
    }
  }
}

private func readAll<T>(
  _ readers: [MemberReader], _ read: (MemberReader) throws(Diagnostic) -> T
) throws(Diagnostic) -> [T] {
  var results: [T] = []
  for reader in readers { results.append(try read(reader)) }
  return results
}

extension Feature {
  package var value: Value {
    var value: Value = [
      "name": .string(name), "kind": .string(kind.rawValue),
      "shape": .array(shape.map(Value.int)), "type": .string(type.rawValue),
      "columns": .array(columns.map(Value.string)),
      "categories": .array(categories.map(Value.string)),
    ]
    if !parts.isEmpty { value["parts"] = .array(parts.map { .string($0.rawValue) }) }
    if let text { value["text"] = text.value }
    if let audio { value["audio"] = audio.value }
    if let files { value["files"] = files.value }
    return value
  }

  /// Reads a feature as `value` writes it.
  package init(_ value: Value, file: String) throws(Diagnostic) {
    try self.init(MemberReader(value, path: "feature", file: file))
  }

  init(_ reader: MemberReader) throws(Diagnostic) {
    name = try reader.string("name")
    kind = try reader.choice("kind")
    type = try reader.choice("type")
    columns = try reader.strings("columns")
    categories = try reader.strings("categories")
    parts = []
    if reader.object["parts"] != nil {
      for text in try reader.strings("parts") {
        guard let part = DatePart(rawValue: text) else {
          throw reader.problem("parts", "has '\(text)', which is no part of a date")
        }
        parts.append(part)
      }
    }
    shape = []
    var width = 1
    for element in try reader.array("shape") {
      let (product, overflows) = width.multipliedReportingOverflow(by: element.int ?? 0)
      guard let size = element.int, size > 0, !overflows, product <= Int(Int32.max) else {
        throw reader.problem("shape", "is empty or too large")
      }
      shape.append(size)
      width = product
    }
    guard (1...4).contains(shape.count) else {
      throw reader.problem("shape", "does not have 1 to 4 dimensions")
    }
    guard kind.traits.ranks.contains(shape.count) else {
      throw reader.problem("shape", "is not that of a feature of the kind '\(kind.rawValue)'")
    }
    if kind == .date || !parts.isEmpty {
      guard kind == .date, columns.count == 1, shape == [parts.flatMap(\.elements).count] else {
        throw reader.problem("parts", "do not give the shape of a date of one column")
      }
    }
    text = reader.object["text"] == nil ? nil : try TextForm(reader.members("text"))
    audio = reader.object["audio"] == nil ? nil : try AudioForm(reader.members("audio"))
    files = reader.object["files"] == nil ? nil : try NamedFiles(reader.members("files"))
    try checkForms(reader)
    guard ArrowType(type) != nil else {
      throw reader.problem("type", "is '\(type.rawValue)', which datasets do not store")
    }
  }
}

extension Feature {
  /// Refuses a text or a sound that nobody could make of a new row.
  private func checkForms(_ reader: MemberReader) throws(Diagnostic) {
    guard (kind == .text) == (text != nil), text.map({ shape == [$0.length] }) ?? true else {
      throw reader.problem("text", "is not that of a feature of its kind and shape")
    }
    guard (kind == .audio) == (audio != nil), audio.map({ shape == $0.shape }) ?? true else {
      throw reader.problem("audio", "is not that of a feature of its kind and shape")
    }
    guard files == nil || ((kind == .image || kind == .audio) && columns.count == 1) else {
      throw reader.problem("files", "are not those of one column of images or sounds")
    }
    guard kind != .text || type == .int32, kind != .audio || type == .float32 else {
      throw reader.problem("type", "is not that of a feature of its kind")
    }
  }
}

extension Target {
  package var value: Value {
    var value: Value = [
      "name": .string(name), "task": .string(task.rawValue),
      "classes": .array(classes.map(Value.string)),
    ]
    if !columns.isEmpty { value["columns"] = .array(columns.map(Value.string)) }
    if let separator { value["separator"] = .string(separator) }
    return value
  }

  /// Reads a target as `value` writes it.
  package init(_ value: Value, file: String) throws(Diagnostic) {
    try self.init(MemberReader(value, path: "target", file: file))
  }

  init(_ reader: MemberReader) throws(Diagnostic) {
    name = try reader.string("name")
    task = try reader.choice("task")
    classes = try reader.strings("classes")
    columns = reader.object["columns"] == nil ? [] : try reader.strings("columns")
    separator = reader.object["separator"] == nil ? nil : try reader.string("separator")
    guard columns.isEmpty || task != .classification else {
      throw reader.problem("columns", "are several where a class has one")
    }
    guard task != .multiLabel || !classes.isEmpty, max(classes.count, columns.count) <= 1 << 20
    else { throw reader.problem("classes", "are none or too many for labels") }
  }
}

extension Split {
  var value: Value {
    [
      "name": .string(name.rawValue),
      "shards": .array(
        shards.map {
          ["file": .string($0.file), "rows": .int($0.rows), "finite": .bool($0.isFinite)]
        }),
    ]
  }

  init(_ reader: MemberReader) throws(Diagnostic) {
    name = try reader.choice("name")
    shards = []
    for shard in try reader.elements("shards") {
      let file = try shard.string("file")
      guard !file.isEmpty, !file.contains("/"), !file.hasPrefix("."), !file.contains("\0") else {
        throw shard.problem("file", "is '\(file)', not a plain file name")
      }
      shards.append(
        Shard(
          file: file, rows: try shard.integer("rows", in: 0...Int(Int32.max)),
          isFinite: shard.object["finite"] == .bool(true)))
    }
  }
}

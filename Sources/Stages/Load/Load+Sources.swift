internal import Dataset
internal import Diagnostics
internal import Options
internal import Pipeline

extension Load {
  /// A format of files: the key that names them and how they become rows.
  struct SourceFormat: Sendable {
    let key: String
    let patterns: @Sendable (Settings) -> OneOrMany<PathPattern>?
    let open: @Sendable (Settings, FileSearch) throws -> any RowSource
  }

  /// Every format that can be loaded. A new one is a key of the settings and one more element.
  static let sources: [SourceFormat] = [
    SourceFormat(key: "csv", patterns: { $0.csv }, open: openTable),
    SourceFormat(key: "images", patterns: { $0.images }, open: openImages),
  ]

  @Sendable private static func openTable(
    _ settings: Settings, _ search: FileSearch
  ) throws -> any RowSource {
    let files = try search.files(settings.csv?.elements ?? [])
    let format = TableFormat(
      delimiter: settings.delimiter?.byte, hasHeader: settings.header,
      missing: Set(settings.missing.elements.map(\.text)))
    let selection = TableSelection(
      features: settings.features.sorted { $0.key < $1.key }.map { $1.declaration(named: $0) },
      target: settings.task == Task.none ? nil : settings.target, task: settings.task?.task,
      group: settings.split.group, split: settings.split.column)
    return try TableSource(files, format: format, selection: selection)
  }

  @Sendable private static func openImages(
    _ settings: Settings, _ search: FileSearch
  ) throws -> any RowSource {
    let items = try search.images(
      settings.images?.elements ?? [], labelled: settings.task != Task.none)
    return ImageSource(
      items, channels: settings.color == .grey ? 1 : 3, size: settings.size?.pair,
      fit: settings.fit.fit)
  }
}

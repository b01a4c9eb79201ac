internal import Diagnostics
internal import YAML

/// `without: id` and the like, where other programs name the columns that are not used.
struct ColumnsLeftOut {
  /// The same as it is written here.
  let remedy: String

  private static let keys: Set<String> = [
    "without", "exclude", "exclude-columns", "drop", "drop-columns", "ignore", "ignore-columns",
    "skip-columns",
  ]

  /// Fails for other keys, and where no columns are named.
  init?(_ entry: Node.Entry) {
    guard Self.keys.contains(entry.key.kebab) else { return nil }
    let names = (entry.value.sequence ?? [entry.value]).compactMap { $0.scalar?.text }
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(3).map { "'!\($0)'" } + (names.count > 3 ? ["…"] : [])
    remedy = "write columns: [\(shown.joined(separator: ", "))]"
  }
}

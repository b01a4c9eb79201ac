extension ImageSource {
  /// A line for each class with the number of its images, and of their splits where folders tell.
  package func overview() throws -> DataOverview {
    let splits = SplitName.allCases.filter { split in items.contains { $0.split == split } }
    let classes = target?.classes ?? []
    func line(_ name: String, _ items: [Item]) -> [String] {
      [name, "\(items.count)"]
        + splits.map { split in "\(items.count { $0.split == split })" }
    }
    let rows =
      classes.isEmpty
      ? [line("", items)]
      : classes.map { name in line(name, items.filter { $0.label == name }) }
    return DataOverview(
      headings: ["class", "images"] + splits.map(\.rawValue), rows: rows)
  }
}

extension ImageSource {
  /// A line for each class: how many images it has, also in each split where folders tell, and what they
  /// are.
  package func overview() throws -> DataOverview {
    let splits = SplitName.allCases.filter { split in items.contains { $0.split == split } }
    let classes = target?.classes ?? [""]
    return DataOverview(
      headings: ["class", "images"] + splits.map(\.rawValue) + ["size", "format", "colour"],
      rows: classes.map { name in
        let makeup = tally.classes[name] ?? ImageMakeup()
        return [name, "\(makeup.count)"] + splits.map { "\(makeup.count(in: $0))" }
          + [makeup.sizes, makeup.formatNames, makeup.colors]
      })
  }
}

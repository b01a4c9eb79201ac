internal import YAML

/// The names under which matrices hold the folds by which instances differ.
struct FoldAxes {
  /// By address: those of the instance, and of what it reads.
  private var names: [String: Set<String>] = [:]
  private let coordinates: [String: Coordinates]

  /// - Parameter instances: each behind those that it reads.
  init(_ instances: [StageInstance], _ catalog: Catalog) {
    coordinates = Dictionary(instances.map { ($0.address, $0.coordinates) }) { first, _ in first }
    let own = Self.ownAxes(instances, catalog)
    for instance in instances {
      var all = own[instance.stage].map { [$0] } ?? Set<String>()
      for dependency in instance.dependencies { all.formUnion(names[dependency] ?? []) }
      // What was picked among folds is of none.
      all = all.filter { instance.coordinates[$0] != nil }
      if !all.isEmpty { names[instance.address] = all }
    }
  }

  /// How many folds there are among instances to choose from; nil where they do not differ in folds.
  func folds(among addresses: [String]) -> Int? {
    let axes = addresses.reduce(into: Set<String>()) { $0.formUnion(names[$1] ?? []) }
    let counts = axes.map { axis in
      Set(addresses.compactMap { coordinates[$0]?[axis]?.label }).count
    }
    return counts.filter { $0 > 1 }.max()
  }

  /// The name of each stage's fold: that of the matrix value which its instances hold out by.
  private static func ownAxes(
    _ instances: [StageInstance], _ catalog: Catalog
  ) -> [String: String] {
    var axes: [String: [String]] = [:]
    for instance in instances where !instance.coordinates.all.isEmpty {
      let settings = instance.settings.value
      guard let path = catalog[instance.kind]?.heldOutChoice(in: settings),
        let fold = settings.value(at: path)
      else { continue }
      let named = instance.coordinates.all.filter { $0.node.value == fold }.map(\.name)
      axes[instance.stage] = axes[instance.stage]?.filter(named.contains) ?? named
    }
    return axes.compactMapValues { names in names.first { $0 == "fold" } ?? names.first }
  }
}

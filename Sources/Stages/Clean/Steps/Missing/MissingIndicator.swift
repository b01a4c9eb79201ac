internal import Dataset
internal import Diagnostics
internal import Network
internal import Tensor
internal import YAML

/// Adds a feature that says which values were missing, of the columns that lack any in the training split.
struct MissingIndicator {
  private let columns: [NumberColumn]

  init(_ columns: [NumberColumn]) {
    self.columns = columns
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    var lacking = Set<Int>()
    try data.forEachBlock(in: .train) { block in
      for (index, column) in columns.enumerated()
      where !lacking.contains(index) && column.values(in: block).contains(where: \.isNaN) {
        lacking.insert(index)
      }
    }
    let told = columns.indices.filter(lacking.contains).map { columns[$0] }
    guard !told.isEmpty else { return FittedStep(metrics: ["indicator": []]) }
    let names = Set(data.features.map(\.name))
    let feature = Feature(
      name: "missing".free(among: names), kind: .numbers, shape: [told.count], type: .float32,
      columns: told.map(\.source))
    let step = IndicateMissing(
      name: feature.name,
      elements: told.map { .init(feature: $0.feature, element: $0.element) })
    var fitted = FittedStep(
      metrics: ["indicator": .array(told.map { .string($0.name) })], changing: Set(data.splits)
    ) { step.apply(to: $0) }
    fitted.features = data.features + [feature]
    fitted.applied = [step]
    return fitted
  }
}

extension String {
  /// The name, followed by as many `_` as it takes to be none of those that are taken.
  fileprivate func free(among taken: Set<String>) -> String {
    var name = self
    while taken.contains(name) { name += "_" }
    return name
  }
}

internal import Dataset
internal import Diagnostics
internal import Network
internal import Options
internal import Tensor

/// The columns of a dataset that a step's patterns pick; without patterns, all.
struct ColumnChoice {
  let numbers: [NumberColumn]

  /// Category features, each of one column.
  let categories: [Feature]

  init(_ patterns: [Pattern], of features: [Feature]) throws(Diagnostic) {
    func isPicked(_ name: String) -> Bool {
      patterns.isEmpty || patterns.contains { $0.matches(name) }
    }
    var numbers: [NumberColumn] = []
    var categories: [Feature] = []
    var known: [String] = []
    for feature in features {
      known += feature.columns
      if feature.kind.traits.holdsCodes {
        if feature.columns.contains(where: isPicked) { categories.append(feature) }
      } else if feature.type == .float32 {
        for (element, name) in feature.columns.enumerated() where isPicked(name) {
          numbers.append(
            NumberColumn(
              name: name, feature: feature.name, element: element, width: feature.width))
        }
      }
    }
    for pattern in patterns where !known.contains(where: pattern.matches) {
      var problem = Diagnostic("no column matches '\(pattern.text)'")
      if let near = nearestName(to: pattern.text, in: known) {
        problem.notes.append(.didYouMean(near))
      }
      throw problem
    }
    self.numbers = numbers
    self.categories = categories
  }
}

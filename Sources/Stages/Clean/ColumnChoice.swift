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

  init(numbers: [NumberColumn], categories: [Feature]) {
    self.numbers = numbers
    self.categories = categories
  }

  /// Texts are left as they are: a missing one has no token.
  ///
  /// A pattern that is the name of a column picks that one alone. A column of dates is picked as a whole or
  /// part by part.
  init(_ patterns: [Pattern], of features: [Feature]) throws(Diagnostic) {
    let known = features.flatMap { $0.columns + ($0.kind == .date ? $0.elements : []) }
    let names = Set(known)
    func picks(_ pattern: Pattern, _ name: String) -> Bool {
      names.contains(pattern.text) ? pattern.text == name : pattern.matches(name)
    }
    func isPicked(_ name: String) -> Bool {
      patterns.isEmpty || patterns.contains { picks($0, name) }
    }
    var numbers: [NumberColumn] = []
    var categories: [Feature] = []
    for feature in features {
      if feature.kind == .text { continue }
      if feature.kind.traits.holdsCodes {
        if feature.columns.contains(where: isPicked) { categories.append(feature) }
      } else if feature.type == .float32 {
        let isWhole = feature.kind == .date && feature.columns.contains(where: isPicked)
        for (element, name) in feature.elements.enumerated() where isWhole || isPicked(name) {
          numbers.append(
            NumberColumn(
              name: name, source: feature.parts.isEmpty ? name : feature.columns.first ?? name,
              feature: feature.name, element: element, width: feature.width))
        }
      }
    }
    for pattern in patterns where !known.contains(where: { picks(pattern, $0) }) {
      var problem = Diagnostic("no column matches '\(pattern.text)'")
      if let near = nearestName(to: pattern.text, in: known) {
        problem.notes.append(.didYouMean(near))
      }
      throw problem
    }
    self.numbers = numbers
    self.categories = categories
  }

  /// How many values of each column are missing.
  func missing(in block: Block) -> [(name: String, count: Int)] {
    numbers.map { ($0.name, $0.values(in: block).count(where: \.isNaN)) }
      + categories.map { ($0.name, block.features[$0.name]?.missingCount ?? 0) }
  }
}

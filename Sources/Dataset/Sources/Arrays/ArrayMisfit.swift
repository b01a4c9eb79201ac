internal import Diagnostics
internal import YAML

/// A setting that does not fit the arrays that are there, with where it is written.
struct ArrayMisfit: Error {
  /// The keys that lead to the setting; as far as they are written.
  let path: [String]

  /// The place among the elements of a list.
  let element: Int?
  let problem: Diagnostic

  init(path: [String] = [], element: Int? = nil, _ problem: Diagnostic) {
    self.path = path
    self.element = element
    self.problem = problem
  }

  /// The problem at its place in settings.
  func placed(in node: Node, of key: String) -> Diagnostic {
    var place = path.isEmpty ? node[key] ?? node : node
    for name in path { place = place[name] ?? place }
    var placed = problem
    placed.range = element.map { place.place(ofElement: $0) } ?? place.range
    return placed
  }
}

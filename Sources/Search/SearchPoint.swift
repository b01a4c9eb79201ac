package import Pipeline
package import YAML

/// What a trial sets: the values of the settings that are active in it, by path.
package struct SearchPoint: Hashable, Sendable {
  package var values: [String: Value]

  package init(_ values: [String: Value] = [:]) {
    self.values = values
  }

  package subscript(path: String) -> Value? {
    get { values[path] }
    set { values[path] = newValue }
  }

  /// The values in the order of the settings, which is one in which they can be set.
  package func assignments(in parameters: [SearchParameter]) -> [(path: String, value: Value)] {
    parameters.compactMap { parameter in
      values[parameter.path].map { (path: parameter.path, value: $0) }
    }
  }

  /// The arguments of `--set` that say the same.
  package func overrides(in parameters: [SearchParameter]) -> [String] {
    assignments(in: parameters).map { "\($0.path)=\($0.value.canonicalJSON)" }
  }
}

extension [SearchParameter] {
  /// Chooses a value for each setting that is active, in order.
  func point(_ choose: (SearchParameter) -> Value) -> SearchPoint {
    var point = SearchPoint()
    for parameter in self where parameter.isActive({ point[$0] }) {
      point[parameter.path] = choose(parameter)
    }
    return point
  }
}

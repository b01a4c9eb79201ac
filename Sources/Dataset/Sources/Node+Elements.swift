package import Diagnostics
package import YAML

extension Node {
  /// Where an element of a setting is written that may be a list or a value by itself.
  package func place(ofElement index: Int) -> SourceRange {
    guard let elements = spliced, elements.indices.contains(index) else { return range }
    return elements[index].range
  }
}

internal import Diagnostics
internal import YAML

/// The problem with a window that has no middle, at the setting that gives its side.
func evenSide(_ name: String, _ size: Int, _ node: Node) -> [Diagnostic] {
  guard size % 2 == 0 else { return [] }
  return [
    Diagnostic(
      "the side of a window is \(size)", at: node[name]?.range ?? node.range,
      remedy: "choose an odd number, so that the window has a middle")
  ]
}

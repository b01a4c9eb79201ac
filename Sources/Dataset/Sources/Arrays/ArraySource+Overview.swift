internal import Diagnostics
internal import Network

extension ArraySource {
  /// A line for each array: what it holds, and what it is used for.
  package func overview() throws -> DataOverview {
    DataOverview(
      headings: ["array", "type", "rows", "shape of a row", "used as"],
      rows: parts.flatMap { part in
        part.names.compactMap { part.arrays[$0] }.map { array in
          [
            array.name, array.layout.element.noun, "\(array.layout.rows)",
            array.layout.rowShape.isEmpty ? "" : ArrayLayout.text(array.layout.rowShape),
            use(of: array.name) + (part.split.map { ", \($0.rawValue)" } ?? ""),
          ]
        }
      })
  }

  private func use(of name: String) -> String {
    if plan.targets.contains(name) {
      let others = plan.targets.count > 1 ? "one of several, " : ""
      let width = parts.first?.arrays[name]?.layout.width ?? 1
      switch target?.task {
      case .classification?:
        return "target of \((target?.classes.count ?? 0).counted("class", "classes"))"
      case .multiLabel?: return "target, \(others)\(width.counted("label"))"
      case .regression? where width > 1: return "target, \(others)\(width) amounts"
      case .regression?, nil: return "target, \(others)an amount"
      }
    }
    if name == plan.group { return "group" }
    if name == plan.split { return "split" }
    guard let index = plan.inputs.firstIndex(where: { $0.arrays.contains(name) }) else {
      return "left out"
    }
    let feature = features[index]
    let shape = feature.kind == .image ? " of \(ArrayLayout.text(feature.shape))" : ""
    return (feature.name == name ? "" : "'\(feature.name)', ") + feature.kind.traits.noun + shape
  }

  package var columns: [String] { [] }
  package var newNames: [String] { ["row"] }

  /// Rows to train on are not predicted for; `NewArrayRows` reads those.
  package func readNew(_ body: (NewRowBlock) throws -> Void) throws {}
}

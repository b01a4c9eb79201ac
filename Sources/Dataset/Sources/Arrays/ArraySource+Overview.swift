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
    if name == plan.target {
      guard let target, target.task == .classification else { return "target, an amount" }
      return "target of \(target.classes.count.counted("class", "classes"))"
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

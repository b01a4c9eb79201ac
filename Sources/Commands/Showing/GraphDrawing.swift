internal import Pipeline

/// Draws the stages of a pipeline and what they read from, as text or for a drawing program.
struct GraphDrawing {
  private struct Box {
    let name: String
    let kind: String
    let output: ArtifactKind
    let instances: Int
  }

  private struct Arrow: Hashable {
    let from: String
    let to: String
    let role: String
    let isPicked: Bool
    let isLineage: Bool

    /// The pattern of files by which a stage reads what another one writes.
    var pattern: String?
  }

  private let boxes: [Box]
  private let arrows: [Arrow]

  init(_ graph: PipelineGraph) {
    let grouped = Dictionary(grouping: graph.instances, by: \.stage)
    boxes = graph.stages.compactMap { name in
      grouped[name].flatMap { instances in
        instances.first.map {
          Box(
            name: name, kind: $0.kind, output: $0.settings.output, instances: instances.count)
        }
      }
    }
    var seen: Set<Arrow> = []
    arrows = graph.instances.flatMap { Self.arrows(to: $0, in: graph) }
      .filter { seen.insert($0).inserted }
  }

  private static func arrows(to instance: StageInstance, in graph: PipelineGraph) -> [Arrow] {
    let inputs = instance.inputs.sorted { $0.key < $1.key }.flatMap { role, inputs in
      inputs.flatMap { input in
        input.candidates.compactMap { address in
          graph[address].map {
            Arrow(
              from: $0.stage, to: instance.stage, role: role, isPicked: input.choice != .only,
              isLineage: input.isLineage)
          }
        }
      }
    }
    let files = instance.fileDependencies.compactMap { file in
      graph[file.writer].map {
        Arrow(
          from: $0.stage, to: instance.stage, role: "files", isPicked: false, isLineage: false,
          pattern: file.pattern)
      }
    }
    return inputs + files
  }

  /// A line for each stage: name, kind, and what it reads from.
  var text: String {
    let names = boxes.map { $0.instances > 1 ? "\($0.name) ×\($0.instances)" : $0.name }
    let nameWidth = names.map(\.count).max() ?? 0
    let kindWidth = boxes.map(\.kind.count).max() ?? 0
    let lines = zip(boxes, names).map { box, name in
      let inputs = arrows.filter { $0.to == box.name }.map { arrow in
        let notes = [
          arrow.isPicked ? "picked" : nil, arrow.isLineage ? "by lineage" : nil,
          arrow.pattern.map { "'\($0)'" },
        ].compactMap { $0 }
        let suffix = notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
        return "\(arrow.role): \(arrow.from)\(suffix)"
      }
      let start = Self.padded(name, nameWidth) + "  " + Self.padded(box.kind, kindWidth)
      return inputs.isEmpty
        ? start.trimmed : start + "  ← " + inputs.joined(separator: ", ")
    }
    return lines.joined(separator: "\n")
  }

  /// A Mermaid flow chart.
  var mermaid: String {
    let nodes = boxes.enumerated().map { index, box in
      let label = Self.label(box).joined(separator: "<br/>")
      return box.output == .dataset
        ? "  s\(index)[(\"\(label)\")]" : "  s\(index)[\"\(label)\"]"
    }
    let edges = arrows.map { arrow in
      let line = arrow.isLineage ? "-.->" : "-->"
      let label = arrow.role == "data" ? "" : "|\(Self.label(arrow))|"
      return "  \(identifier(arrow.from)) \(line)\(label) \(identifier(arrow.to))"
    }
    return (["flowchart LR"] + nodes + edges).joined(separator: "\n")
  }

  /// A graph for Graphviz.
  var dot: String {
    let nodes = boxes.map { box in
      let shape = box.output == .dataset ? "cylinder" : "box"
      return
        "  \"\(box.name)\" [label=\"\(Self.label(box).joined(separator: "\\n"))\", shape=\(shape)];"
    }
    let edges = arrows.map { arrow in
      let style = arrow.isLineage ? ", style=dashed" : ""
      return "  \"\(arrow.from)\" -> \"\(arrow.to)\" [label=\"\(Self.label(arrow))\"\(style)];"
    }
    return (["digraph pipeline {", "  rankdir=LR;"] + nodes + edges + ["}"]).joined(separator: "\n")
  }

  private static func label(_ box: Box) -> [String] {
    [box.name, box.kind] + (box.instances > 1 ? ["\(box.instances) instances"] : [])
  }

  private static func label(_ arrow: Arrow) -> String {
    arrow.isPicked ? "\(arrow.role), picked" : arrow.role
  }

  private func identifier(_ name: String) -> String {
    "s\(boxes.firstIndex { $0.name == name } ?? 0)"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

internal import Records

/// A drawing of the stages as boxes, left to right in the order in which they can run.
struct GraphPicture {
  private let stages: [StageRecord]
  private let layout: GraphLayout

  init(_ stages: [StageRecord]) {
    self.stages = stages
    layout = GraphLayout(stages)
  }

  var svg: HTML {
    let (width, height) = layout.size
    let boxes = stages.compactMap { stage in
      layout.corner(of: stage.address).map { box(stage, $0.x, $0.y) }
    }
    return """
      <svg class="graph" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      style="min-width: \(width * 3 / 4)px" role="img" aria-label="The stages and what they read from">
      \(HTML(layout.edges.map(edge)))
      \(HTML(boxes))
      </svg>\(legend)
      """
  }

  private var legend: HTML {
    layout.edges.contains(where: \.isLineage)
      ? "<p class=\"legend\">dashed: the data that a model was made from, which the stage is given as well</p>"
      : ""
  }

  /// Level behind the columns that it passes, bent between them.
  private func edge(_ edge: GraphLayout.Edge) -> HTML {
    let points = layout.way(of: edge)
    guard let first = points.first else { return "" }
    var path = "M\(first.x) \(first.y)"
    for (from, to) in zip(points, points.dropFirst()) {
      let bend = (to.x - from.x) / 2
      path +=
        from.y == to.y
        ? "H\(to.x)" : "C\(from.x + bend) \(from.y) \(to.x - bend) \(to.y) \(to.x) \(to.y)"
    }
    let name = edge.isLineage ? "edge lineage" : "edge"
    return """
      <path class="\(name)" d="\(path)"><title>\(edge.target) reads from \(edge.source)</title></path>
      """
  }

  private func box(_ stage: StageRecord, _ left: Int, _ top: Int) -> HTML {
    let x = left + 10
    return """
      <a href="#\(stage.anchor)"><g class="\(stage.outcome.rawValue)">\
      <title>\(stage.address): \(stage.kind), \(stage.words)</title>\
      <rect x="\(left)" y="\(top)" width="\(GraphLayout.width)" height="\(GraphLayout.height)" rx="8"/>\
      <text x="\(x)" y="\(top + 20)"\(fitting(stage.address))>\(shortened(stage.address))</text>\
      <text class="kind" x="\(x)" y="\(top + 37)">\(shortened(caption(of: stage)))</text>\
      </g></a>
      """
  }

  private func caption(of stage: StageRecord) -> String {
    guard let seconds = stage.seconds else { return "\(stage.kind) · \(stage.words)" }
    return "\(stage.kind) · \(Figure.duration(seconds))"
  }

  /// Has a long name fill its box and no more, whatever the font.
  private func fitting(_ name: String) -> HTML {
    guard name.count > 15 else { return "" }
    return " textLength=\"\(GraphLayout.width - 20)\" lengthAdjust=\"spacingAndGlyphs\""
  }

  private func shortened(_ text: String) -> String {
    text.count <= 19 ? text : text.prefix(18) + "…"
  }
}

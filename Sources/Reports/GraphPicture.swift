internal import Records

/// A drawing of the stages as boxes, left to right in the order in which they can run.
struct GraphPicture {
  private let stages: [StageRecord]

  private static let width = 136
  private static let height = 46
  private static let across = 28
  private static let down = 18
  private static let margin = 8

  init(_ stages: [StageRecord]) {
    self.stages = stages
  }

  var svg: HTML {
    let places = places()
    let columns = (places.values.map(\.column).max() ?? 0) + 1
    let rows = (places.values.map(\.row).max() ?? 0) + 1
    let width = Self.margin * 2 + columns * (Self.width + Self.across) - Self.across
    let height = Self.margin * 2 + rows * (Self.height + Self.down) - Self.down
    let edges = stages.flatMap { stage in
      stage.dependencies.compactMap { edge(from: places[$0], to: places[stage.address]) }
    }
    let boxes = stages.compactMap { stage in places[stage.address].map { box(stage, $0) } }
    return """
      <svg class="graph" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      style="min-width: \(width * 3 / 4)px" role="img" aria-label="The stages and what they read from">
      \(HTML(edges))
      \(HTML(boxes))
      </svg>
      """
  }

  private struct Place {
    var column: Int
    var row: Int

    var left: Int { margin + column * (width + across) }
    var top: Int { margin + row * (height + down) }
  }

  /// The column of a stage is the length of the longest way to it; columns fill from the top.
  private func places() -> [String: Place] {
    var places: [String: Place] = [:]
    var filled: [Int: Int] = [:]
    for stage in stages {
      let column = stage.dependencies.compactMap { places[$0]?.column }.max().map { $0 + 1 } ?? 0
      places[stage.address] = Place(column: column, row: filled[column, default: 0])
      filled[column, default: 0] += 1
    }
    return places
  }

  private func edge(from source: Place?, to target: Place?) -> HTML? {
    guard let source, let target else { return nil }
    let startX = source.left + Self.width
    let startY = source.top + Self.height / 2
    let endX = target.left
    let endY = target.top + Self.height / 2
    let bend = Self.across / 2
    return """
      <path class="edge" d="M\(startX) \(startY) C\(startX + bend) \(startY) \(endX - bend) \
      \(endY) \(endX) \(endY)"/>
      """
  }

  private func box(_ stage: StageRecord, _ place: Place) -> HTML {
    let x = place.left + 10
    return """
      <a href="#\(stage.anchor)"><g class="\(stage.outcome.rawValue)">\
      <title>\(stage.address): \(stage.kind), \(stage.outcome.words)</title>\
      <rect x="\(place.left)" y="\(place.top)" width="\(Self.width)" height="\(Self.height)" rx="8"/>\
      <text x="\(x)" y="\(place.top + 20)">\(shortened(stage.address))</text>\
      <text class="kind" x="\(x)" y="\(place.top + 37)">\(shortened(caption(of: stage)))</text>\
      </g></a>
      """
  }

  private func caption(of stage: StageRecord) -> String {
    guard stage.outcome == .ran, let result = stage.result else {
      return "\(stage.kind) · \(stage.outcome.words)"
    }
    return "\(stage.kind) · \(Figure.duration(result.seconds))"
  }

  private func shortened(_ text: String) -> String {
    text.count <= 19 ? text : text.prefix(18) + "…"
  }
}

/// How the times grow with the number of stages.
struct GrowthWithSize: Question {
  let name = "growth"
  let summary = "wide, chain and diamond graphs of several sizes"

  private static let cold = [250, 500, 1000, 2000]

  /// A chain of 8000 stages takes too long to bring up to date, one after the other.
  private static func unchanged(_ shape: Workload.Shape) -> [Int] {
    shape == .wide ? [1000, 2000, 4000, 8000] : [1000, 2000, 4000]
  }

  func answer(_ bench: Bench) throws -> Section {
    var section = Section(
      title: "Growth",
      text: """
        Anneal alone. The exponent is that of the power law that fits the medians best: 1 is linear. A
        wide graph has stages that read no others, a chain stages that each read the one before, and in
        diamonds one stage is read by two, which one reads, and so on.
        """)
    for shape in [Workload.Shape.wide, .chain, .diamonds] {
      let workloads = Self.cold.map { Workload(shape: shape, count: $0) }
      let cold = try series(bench, shape, "cold", workloads.map { bench.cold(bench.anneal, $0) })
      let sizes = Self.unchanged(shape)
      let settled = try sizes.map { count in
        try bench.settled(bench.anneal, Workload(shape: shape, count: count))
      }
      let unchanged = try series(bench, shape, "no-op", settled)
      section.parts += [
        part("\(shape), from nothing", Self.cold, cold),
        part("\(shape), nothing to do", sizes, unchanged),
      ]
    }
    return section
  }

  /// The sizes by turns, so that whatever else the machine does meets them alike.
  private func series(
    _ bench: Bench, _ shape: Workload.Shape, _ moment: String, _ sizes: [Contender]
  ) throws -> [Series] {
    var series = sizes.map { _ in Series() }
    for _ in 0..<bench.turns.repetitions {
      for (index, size) in sizes.enumerated() where series[index].shortfall == nil {
        for outcome in try size.turn() {
          bench.turns.progress.tell(
            "\(shape) \(moment), size \(index + 1): \(Figure.text(outcome))")
          series[index].add(outcome)
        }
      }
    }
    return series
  }

  private func part(_ caption: String, _ sizes: [Int], _ series: [Series]) -> Section.Part {
    let rows = zip(sizes, series).map { size, series -> [String] in
      guard let wall = series.wall, let processor = series.processor else {
        return ["\(size)", series.shortfall.map(Figure.text) ?? "not measured", "", ""]
      }
      let each = Figure.time(wall.median / Double(size))
      return ["\(size)", Figure.time(wall), Figure.time(processor.median), each]
    }
    let points = zip(sizes, series).compactMap { size, series in
      series.wall.map { (size: Double(size), time: $0.median) }
    }
    let exponent = Growth.exponent(points).map { "exponent \(Figure.digits($0))" }
    return Section.Part(
      caption: ([caption] + (exponent.map { [$0] } ?? [])).joined(separator: ": "),
      table: MarkdownTable(
        headings: ["stages", "wall time, median (range)", "processor time", "wall time per stage"],
        rows: rows))
  }
}

import Foundation
import Hardware
import Pipeline
import Planning
import Stages
import TestSupport
import Testing

@testable import Commands

@Suite struct `What commands show` {
  @Test func `drawings of graphs`() throws {
    let golden = try GoldenCases("drawings.txt")
    let differences = try golden.differences { item in
      guard let graph = graph(item) else { return "not a pipeline" }
      let drawing = GraphDrawing(graph)
      return [drawing.text, drawing.mermaid, drawing.dot].joined(separator: "\n\n")
    }
    #expect(differences == [])
  }

  @Test func `plans as a table with every reason once`() throws {
    let differences = try GoldenCases("plan-texts.txt").differences { item in
      let machine = Machine(cores: 2, memory: 8 << 30)
      guard let graph = graph(item), let plan = try? Planner(machine: machine).plan(graph) else {
        return "not a pipeline"
      }
      let text = PlanText(plan)
      return (text.rows.map { $0.joined(separator: " | ") } + text.reasons).joined(separator: "\n")
    }
    #expect(differences == [])
  }

  @Test(arguments: [
    (3, "3"), (0.25, "0.25"), (0.123456, "0.1235"), (1234.5678, "1234.6"), (-0.5, "-0.5"),
    (0.00069538399999, "0.0006954"), (9.5367431640625e-07, "9.537e-07"), (0, "0"),
    (.leastNonzeroMagnitude, "5e-324"), (.infinity, "inf"), (1e12, "1000000000000.0"),
  ])
  func `numbers in four digits`(number: Double, text: String) {
    #expect(MetricsText.text(number) == text)
  }

  @Test func `help on every topic`() {
    let help = StageHelp(.standard)
    for topic in help.topics {
      let text = help.text(on: topic, width: 80) ?? ""
      #expect(text.count > 40, "\(topic)")
    }
    #expect(help.text(on: "nothing", width: 80) == nil)
  }

  private func graph(_ item: GoldenCases.Case) -> PipelineGraph? {
    try? PipelineDocument(
      parsing: Array(item.input.utf8), path: "p.yaml", catalog: fakeCatalog
    ).graph
  }
}

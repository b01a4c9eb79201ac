import Foundation
import Pipeline
import Records
import Reports
import Search
import Testing
import YAML

@Suite struct `The page about a search` {
  private static let spec = SearchSpec(
    parameters: [
      SearchParameter(path: "vars.<x>", domain: .numbers(.init(lower: 0, upper: 1))),
      SearchParameter(path: "vars.kind", domain: .choices(["a", ["b": ["c": 1]]])),
    ],
    goals: [
      .init(metric: "m.accuracy", isMaximized: true), .init(metric: "m.size", isMaximized: false),
    ], method: .random, seed: 1)

  private static func trials(_ count: Int) -> [Trial] {
    (1...count).map { number in
      let x = Double(number * 37 % 101) / 101
      var trial = Trial(
        number: number,
        point: SearchPoint([
          "vars.<x>": .double(x), "vars.kind": number % 2 == 0 ? "a" : ["b": ["c": 1]],
        ]))
      trial.state = number % 7 == 0 ? .failed : .complete
      trial.figures = ["m.accuracy": 1 - x * x, "m.size": 100 * (1 - x)]
      return trial
    }
  }

  private func page(_ trials: [Trial], _ spec: SearchSpec = spec) -> String {
    var record = SearchRecord(
      id: "search-1", name: "best", pipeline: "<p>", path: "/p.yaml", fingerprint: "",
      started: Date(timeIntervalSince1970: 0))
    record.ending = "all trials are made"
    return SearchPage(record, spec, trials).html
  }

  @Test func `shows trials, the front, the settings and what matters`() {
    let html = page(Self.trials(40))
    for part in ["class=\"goals\"", "class=\"parallel\"", "class=\"importance\"", "trial 7"] {
      #expect(html.contains(part), "\(part)")
    }
    #expect(html.contains(">&lt;x&gt;<") && !html.contains("<x>"))
    #expect(!html.contains("nan") && !html.contains("inf,"))
    #expect(html == page(Self.trials(40)))
  }

  @Test(arguments: [0, 1, 2, 9]) func `is whole with few trials`(count: Int) {
    let html = page(count == 0 ? [] : Self.trials(count))
    #expect(html.contains("</html>"))
    #expect(html.contains("it takes 10 complete trials"))
  }

  @Test func `names settings by the ends that tell them apart`() {
    let spec = SearchSpec(
      parameters: ["stages.a.train.epochs", "stages.b.train.epochs", "vars.width"].map {
        SearchParameter(path: $0, domain: .choices([1, 2]))
      }, goals: [.init(metric: "m.loss", isMaximized: false)], method: .grid, seed: 1)
    #expect(
      TrialTable(spec, []).headings == [
        "trial", "state", "m.loss", "a.train.epochs", "b.train.epochs", "width", "time",
      ])
  }
}

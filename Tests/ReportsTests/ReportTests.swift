import Artifacts
import Diagnostics
import Foundation
import Pipeline
import Records
import Reports
import Running
import RunningSupport
import Testing
import YAML

@Suite struct ReportTests {
  @Test func `what stages did is told from their metrics`() {
    let cases: [(Value, String)] = [
      (
        ["rows": 1797, "splits": ["train": ["rows": 1257], "test": ["rows": 540]]],
        "1,797 rows (1,257 train, 540 test)"
      ),
      (
        ["rows": ["train": ["before": 100, "after": 96]], "steps": [["missing": [:]]]],
        "100 → 96 rows; missing"
      ),
      (
        ["training": ["epochs": 10], "parameters": 272474, "test": ["accuracy": 0.98611]],
        "10 epochs; 272,474 parameters; test accuracy 98.61%"
      ),
      (
        [
          "bytes": 290_000, "bytes-before": 1_100_000,
          "validation": ["accuracy": 0.98, "before": ["accuracy": 0.985]],
        ], "weights 1.05 MiB → 283 KiB; validation accuracy 98.5% → 98%"
      ),
      (
        [
          "method": "z-score", "per": "channel",
          "features": [
            "image": ["scales": 3, "constant": 0, "empty": 0],
            "numbers": ["scales": 4, "constant": 1, "empty": 0],
          ],
        ], "z-score per channel, 7 scales (1 constant)"
      ),
      (["unknown": 1], ""),
    ]
    for (metrics, words) in cases { #expect(StageStory(metrics).sentence == words) }
  }

  @Test(arguments: [
    (0.0, "0 s"), (0.4251, "0.43 s"), (59.94, "59.9 s"), (72.2, "1 min 12 s"),
    (7380, "2 h 3 min"), (-1, "unknown"), (.nan, "unknown"),
  ])
  func `times read well`(seconds: Double, words: String) {
    #expect(Figure.duration(seconds) == words)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0008574089, "-8.57e-4"), (0.5, "0.5"), (3.14159, "3.142"), (98765.4, "98,765"),
    (.infinity, "inf"), (.nan, "not a number"),
  ])
  func `numbers read well`(number: Double, words: String) {
    #expect(Figure.number(number) == words)
  }

  @Test(arguments: [
    (0.123, "0.12"), (0.96, "0.96"), (1, "1"), (6.849, "6.8"), (9.97, "10"), (38.4, "38"),
    (1234.5, "1235"), (.infinity, "inf"), (.nan, "nan"),
  ])
  func `factors read well`(number: Double, words: String) {
    #expect(Figure.factor(number) == words)
  }

  @Test func `the page of a run needs nothing else and escapes what it is given`() async throws {
    let place = try Workplace(
      """
      pipeline: chain
      stages:
        raw: {describe: "<script>alert('x')</script> & more", load: {csv: a.csv}}
        model: {from: raw, train: {name: "</style><b>"}}
      """)
    let metrics: Value = [
      "training": ["epochs": 2, "training-loss": [0.9, 0.4]],
      "test": ["accuracy": 0.5, "loss": 0.4, "confusion": [[3, 1], [4, 2]]],
      "classes": ["<cat>", "dog"],
    ]
    let summary = try await place.run(FakeExecutor(metrics: ["model": metrics]))
    let path = try #require(summary.reportPath)
    let page = String(decoding: try Folder.contents(of: path), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; more"))
    #expect(!page.contains("</style><b>"))
    #expect(!page.contains("http"))
    for part in [
      "<svg class=\"graph\"", "<polyline class=\"training\"", "50%", "prefers-color-scheme",
      "<th>&lt;cat&gt;</th>", "<td class=\"number wrong\" style=\"--share: 24%\">1</td>",
      // Of four cats three are found, and of seven taken for one three are.
      "<td class=\"number\">75%</td>", "<td class=\"number\">42.86%</td>",
      "<td class=\"number\">54.55%</td>",
    ] {
      #expect(page.contains(part))
    }
    let store = try Store(inspecting: place.store)
    let ledger = try #require(try Ledger(inspecting: store))
    let again = RunPage(try ledger.run(named: "last"), try ledger.stages(of: summary.id))
    #expect(again.html.contains(summary.id))
    #expect(again.html.contains("succeeded"))
  }

  @Test func `the page shows what the loaded rows look like`() async throws {
    let place = try Workplace(
      "pipeline: p\nstages: {raw: {load: {csv: a.csv}}, shell: {from: raw, train: {name: x}}}\n")
    let profile: Value = [
      "rows": 20_000, "sampled": 10_000, "left": 3,
      "columns": [
        [
          "name": "<age>", "kind": "number", "missing": 2, "distinct": 40, "mean": 1234.5,
          "histogram": [
            "least": -5, "greatest": 99, "low": 0, "high": 10, "counts": [1, 0, 4], "below": 1,
            "above": 0,
          ],
        ],
        [
          "name": "t", "kind": "class", "target": true, "missing": 0, "distinct": 9,
          "texts": [["<b>", 7], ["c", 5]], "others": 4,
        ],
        ["name": "odd", "kind": "number", "histogram": ["counts": [-1]], "texts": "none"],
      ],
    ]
    let work: FakeExecutor.Work = { job in
      try Folder.replaceFile(
        job.output + "/profile.json", with: Array(profile.canonicalJSON.utf8))
      try Folder.replaceFile(job.output + "/samples.png", with: Array("\u{1}no picture".utf8))
      return ""
    }
    // What another kind of stage writes under the same name is nothing to be shown.
    let summary = try await place.run(FakeExecutor(works: ["raw": work, "shell": work]))
    let path = try #require(summary.reportPath)
    let page = String(decoding: try Folder.contents(of: path), as: UTF8.self)
    for part in [
      "10,000 of its 20,000 rows, evenly spread", "<td>&lt;age&gt;</td>", "<td>target, class</td>",
      "<title>0 to 10, 1 below</title>", "&lt;b&gt; 7 · c 5 · others 4", "and 3 more columns",
    ] {
      #expect(page.contains(part))
    }
    #expect(page.components(separatedBy: "<svg class=\"bars\"").count == 2)
    #expect(!page.contains("<img"))
    // Without the artifact the page has no such part.
    let store = try Store(inspecting: place.store)
    let ledger = try #require(try Ledger(inspecting: store))
    let bare = RunPage(try ledger.run(named: "last"), try ledger.stages(of: summary.id))
    #expect(!bare.html.contains("evenly spread"))
  }
}

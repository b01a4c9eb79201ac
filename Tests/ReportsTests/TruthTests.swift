import Foundation
import Records
import Running
import RunningSupport
import Testing
import YAML

@testable import Reports

/// What a page says of a run is what happened in it.
@Suite struct `A truthful page` {
  private func stage(
    _ address: String, _ kind: String = "train", from sources: [String] = [],
    lineage: [String]? = nil
  ) -> StageRecord {
    var stage = StageRecord(
      address: address, stage: address, kind: kind, dependencies: sources, outcome: .ran)
    stage.lineage = lineage
    return stage
  }

  @Test func `tells what a stage did, and why only of one that was skipped`() {
    var stage = stage("model")
    stage.reason = "it has not run yet"
    #expect(stage.story == "")
    stage.describe = "a small network"
    #expect(stage.story == "")
    stage.outcome = .skipped
    #expect(stage.story == "skipped: it has not run yet")
  }

  @Test func `draws losses on one pair of axes only where they measure the same`() throws {
    func charts(_ measures: Value?) throws -> Int {
      var training: Value = [
        "epochs": 3, "training-loss": [0.9, 0.8, 0.7], "validation-loss": [9e6, 8e6, 7e6],
      ]
      training["measures"] = measures
      let curve = try #require(LossCurve(["training": training]))
      let page = curve.figure(of: stage("model")).text
      for part in ["training 0.7", "validation 7,000,000"] { #expect(page.contains(part)) }
      return page.split(separator: "<svg").count - 1
    }
    #expect(try charts(["training": "cross-entropy", "validation": "cross-entropy"]) == 1)
    #expect(
      try charts([
        "training": "squared error of standardised values", "validation": "squared error",
      ])
        == 2)
    // Older records do not say what they measured.
    #expect(try charts(nil) == 2)
  }

  @Test func `draws a validation loss over the epochs that were validated`() throws {
    let shared: Value = ["training": "x", "validation": "x"]
    let training: Value = [
      "epochs": 5, "training-loss": [1.0, 0.9, 0.8, 0.7, 0.6], "validation-loss": [1.0, 0.5],
      "validated-epochs": [3, 5], "measures": shared,
    ]
    let page = try #require(LossCurve(["training": training])).figure(of: stage("model")).text
    #expect(page.contains("5 epochs"))
    let line = try #require(page.firstMatch(of: #/class="validation" points="([^"]*)"/#))
    #expect(line.1.split(separator: " ").map { $0.prefix { $0 != "," } } == ["203", "344"])
  }

  /// The page stays small, and a spike of one epoch is seen.
  @Test func `thins out a hundred thousand epochs`() throws {
    var losses = (0..<100_000).map { 1 / Double($0 + 1) }
    losses[60_000] = 5
    let training: Value = [
      "epochs": 100_000, "training-loss": .array(losses.map(Value.double)),
    ]
    let page = try #require(LossCurve(["training": training])).figure(of: stage("model")).text
    #expect(page.contains("100,000 epochs") || page.contains("100000 epochs"))
    #expect(page.utf8.count < 20_000)
    #expect(page.contains("231.2,22 "))
  }

  @Test func `leads what is read from further back past the boxes between`() throws {
    let layout = GraphLayout([
      stage("data", "load"), stage("teacher", from: ["data"]),
      stage("pruned", from: ["data", "teacher"], lineage: ["data"]),
      stage("student", from: ["data", "teacher"], lineage: []),
      stage("small", from: ["data", "student"], lineage: ["data"]),
    ])
    #expect(layout.edges.filter(\.isLineage).map(\.target) == ["pruned", "small"])
    let boxes = try ["data", "teacher", "pruned", "student", "small"].map { address in
      try #require(layout.corner(of: address))
    }
    for edge in layout.edges {
      let way = layout.way(of: edge)
      #expect(way.count >= 2)
      for (from, to) in zip(way, way.dropFirst()) {
        for box in boxes {
          // A way is level within a column, and bends between two, where there are no boxes.
          let isBetween =
            max(from.x, to.x) <= box.x || min(from.x, to.x) >= box.x + GraphLayout.width
          let isPast = from.y == to.y && (from.y < box.y || from.y > box.y + GraphLayout.height)
          #expect(isBetween || isPast, "\(edge) goes behind a box")
        }
      }
    }
  }

  @Test func `says first what is shipped, in how many bytes, and how fast beside what`()
    async throws
  {
    let metrics: Value = [
      "run": ["name": "OpenVINO bf16, 2 threads", "bytes": 9626],
      "baseline": ["name": "libtorch fp32, 1 thread"], "batch": 1, "speedup": 6.85,
      "speedup-measured": ["interval": [5.8, 8.13]],
      "formats": ["onnx": 9626, "openvino": 30_000],
      "files": ["model.onnx": 9626, "model.bin": 8000],
      "decision": ["It won.", "Integers did not."],
      "measurements": [["name": "OpenVINO bf16, 2 threads"]], "test": ["accuracy": 0.5],
    ]
    let words =
      "ships OpenVINO bf16, 2 threads (9.4 KiB as onnx, 29.3 KiB as openvino); 6.9 (5.8 to 8.1) times "
      + "the rows/s of libtorch fp32, 1 thread, 1 row at a time; test accuracy 50%"
    #expect(StageStory(metrics).sentence == words)
    // What the stage says of its own factor is what all say.
    var told = metrics
    told["speedup-measured"]?["words"] = "6.85 times the rows/s of libtorch"
    #expect(
      StageStory(told).sentence.contains("; 6.85 times the rows/s of libtorch; test accuracy 50%"))
    let place = try Workplace()
    let summary = try await place.run(FakeExecutor(metrics: ["model": metrics]))
    let page = try place.text(
      String(try #require(summary.reportPath).dropFirst(place.folder.count + 1)))
    let shipped = try #require(page.range(of: "<h2>Shipped</h2>"))
    #expect(shipped.lowerBound < (try #require(page.range(of: "<h2>Stages</h2>"))).lowerBound)
    for part in ["<code>model.onnx</code> 9.4 KiB", "Integers did not."] {
      #expect(page[shipped.upperBound...].contains(part))
    }
  }

  @Test func `takes what a quantised model lost for no value of the loss function`() async throws {
    let metrics: Value = [
      "test": ["accuracy": 0.9, "degradation": 0.1234, "degradation-interval": [0.1, 0.15]],
      "validation": ["accuracy": 0.9, "loss": 0.5678],
    ]
    let place = try Workplace()
    let summary = try await place.run(FakeExecutor(metrics: ["model": metrics]))
    let page = try place.text(
      String(try #require(summary.reportPath).dropFirst(place.folder.count + 1)))
    #expect(page.contains("<td class=\"number\">0.5678</td>"))
    #expect(!page.contains("<td class=\"number\">0.1234</td>"))
  }

  @Test func `keeps long names within their boxes`() {
    let picture = GraphPicture([stage("short"), stage("model@network=linear")]).svg.text
    #expect(picture.contains(">short</text>"))
    #expect(picture.contains(" textLength=\"116\" lengthAdjust=\"spacingAndGlyphs\">model@"))
    #expect(!picture.contains(" textLength=\"116\" lengthAdjust=\"spacingAndGlyphs\">short"))
  }

  @Test func `shows the simplest models beside a trained one`() async throws {
    let metrics: Value = [
      "test": ["accuracy": 0.9],
      "baselines": [
        "constant": ["answer": "7", "test": ["accuracy": 0.1]],
        "linear": ["test": ["accuracy": 0.95]],
      ],
    ]
    #expect(StageStory(metrics).sentence == "test accuracy 90% (a linear model 95%)")
    let place = try Workplace()
    let summary = try await place.run(FakeExecutor(metrics: ["model": metrics]))
    let page = try place.text(
      String(try #require(summary.reportPath).dropFirst(place.folder.count + 1)))
    for part in [
      "<tr class=\"baseline\"><td>beside model: a linear model", "95%",
      "beside model: always &#39;7&#39;", "10%",
    ] {
      #expect(page.contains(part))
    }
  }
}

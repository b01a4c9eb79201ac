import Diagnostics
import Foundation
import Pipeline
import Testing
import YAML

@testable import Dataset
@testable import Stages

@Suite struct CleanMissingTests {
  private let stage: StageRun
  private let reference: Value

  init() throws {
    stage = try StageRun()
    reference = try StageRun.reference("cleaning")
  }

  private func load(_ text: String, _ more: String = "") throws {
    try stage.loadFolds(text, more)
  }

  private func clean(_ yaml: String, seed: UInt64 = 7) throws -> Dataset {
    try stage.run(Clean.self, yaml, to: "cleaned", from: "loaded", seed: seed)
  }

  private var metrics: Value? { stage.reporter.metrics["steps"]?[0]?["missing"] }

  @Test func `keeps groups of rows apart, as pandas does`() throws {
    let table = try #require(reference["table"])
    let input = try #require(table["input"]?.array).map(\.double)
    let groups = try #require(table["groups"]?.array).map(\.int)
    let rows = zip(input, groups).map { value, group in
      "\(value.map { "\($0)" } ?? ""),g\(group ?? 0),a,train\n"
    }
    try load("x,g,y,fold\n" + rows.joined())
    for (rule, key) in [
      ("fill: forward", "grouped-forward"), ("interpolate: linear", "grouped-linear"),
    ] {
      let filled = try clean("[missing: {\(rule), columns: x, group: g}]").numbers("numbers")
      let expected = try #require(table[key]?.array).map(\.double)
      for (value, wanted) in zip(filled, expected) {
        guard let wanted else {
          #expect(value.isNaN)
          continue
        }
        #expect(abs(Double(value) - wanted) <= 1e-6 * max(1, abs(wanted)))
      }
    }
  }

  @Test func `interpolates within a picture, as pandas does along its lines and columns`() throws {
    let picture = try #require(reference["picture"])
    let input = try #require(picture["input"]?.array).map(\.double)
    let names = input.indices.map { "p\($0)" }.joined(separator: ",")
    let row = input.map { $0.map { "\($0)" } ?? "" }.joined(separator: ",")
    try load(
      "\(names),y,fold\n\(row),a,train\n\(row),a,test\n",
      ", features: {image: {columns: p*, height: 6, width: 5}}")
    let cleaned = try clean("[missing: {interpolate: linear}]")
    let expected = try #require(picture["linear"]?.array).compactMap(\.double)
    for split in [SplitName.train, .test] {
      for (value, wanted) in zip(cleaned.numbers("image", split), expected) {
        #expect(abs(Double(value) - wanted) <= 1e-6 * max(1, abs(wanted)))
      }
    }
    #expect(cleaned.description.applied.map { type(of: $0).kind } == ["interpolate-row"])
    #expect(metrics?["left"] == ["train": 0, "test": 0])
  }

  @Test func `counts sentinels as missing, in new rows too`() throws {
    try load("x,c,y,fold\n1,r,a,train\n-999,?,a,train\n4,r,a,train\n-999,b,a,test\n")
    let cleaned = try clean("[missing: {fill: mean, columns: x, sentinels: -999}]")
    #expect(cleaned.numbers("numbers") == [1, 2.5, 4])
    #expect(cleaned.numbers("numbers", .test) == [2.5])
    #expect(metrics?["marked"] == ["train": 1, "test": 1])
    #expect(
      cleaned.description.applied.map { type(of: $0).kind } == ["mark-missing", "fill-missing"])
    let texts = try clean("[missing: {fill: mode, columns: c, sentinels: ['?', -1]}]")
    let categories = texts.description.feature("c")?.categories ?? []
    guard case .int32(let codes) = texts.rows(.train)?.features["c"] else { return }
    #expect(codes.map { categories[Int($0)] } == ["r", "r", "r"])
  }

  @Test func `imputes and indicates as scikit-learn does`() throws {
    let learnt = try #require(reference["learnt"])
    func text(_ key: String, _ split: String) -> String {
      (learnt[key]?.array ?? []).map { row in
        (row.array ?? []).map { $0.double.map { "\($0)" } ?? "" }.joined(separator: ",")
          + ",a,\(split)\n"
      }.joined()
    }
    try load("u,v,w,y,fold\n" + text("train", "train") + text("test", "test"))
    for (rule, key) in [("mean", "mean"), ("median", "median"), ("mode", "most_frequent")] {
      let cleaned = try clean("[missing: {fill: \(rule), indicator: true}]")
      let expected = (learnt[key]?.array ?? []).map { ($0.array ?? []).compactMap(\.double) }
      let values = cleaned.numbers("numbers") + cleaned.numbers("numbers", .test)
      let told = cleaned.numbers("missing") + cleaned.numbers("missing", .test)
      for (row, wanted) in expected.enumerated() {
        let own = values[3 * row..<3 * row + 3].map(Double.init)
        for (value, wanted) in zip(own, wanted) { #expect(abs(value - wanted) <= 1e-4) }
        let indicators = told[2 * row..<2 * row + 2].map(Double.init)
        #expect(indicators == Array(wanted.dropFirst(3)))
      }
    }
    #expect(metrics?["indicator"] == ["u", "v"])
    let indicated = try clean("[missing: {fill: mean, indicator: true}]")
    let feature = try #require(indicated.description.feature("missing"))
    #expect(feature.columns == ["u", "v"] && feature.shape == [2])
  }

  @Test func `gives new rows without neighbours the median, and says so`() throws {
    try load("x,c,y,fold\n1,r,a,train\n,,a,train\n3,r,a,train\n9,b,a,train\n,,a,test\n")
    let cleaned = try clean("[missing: {fill: forward}]")
    #expect(cleaned.numbers("numbers")[1] == 1)
    // No row of the test split comes before, as in pandas.
    #expect(cleaned.numbers("numbers", .test)[0].isNaN)
    #expect(metrics?["new-rows"] == ["x": 3.0, "c": "r"])
    #expect(metrics?["left"] == ["train": 0, "test": 2])
    let fill = try #require(cleaned.description.applied.first as? FillMissing)
    #expect(fill.numbers == ["numbers": [3]] && fill.codes == ["c": 1])
    #expect(fill.remark?.contains("no neighbours") == true)
  }

  @Test func `warns where rows are no neighbours in their source`() throws {
    let rows = (0..<20).map {
      "\($0 % 4 == 1 ? "" : "\($0)"),a,\($0 % 2 == 0 ? "train" : "test")\n"
    }
    try load("x,y,fold\n" + rows.joined())
    _ = try clean("[missing: {interpolate: linear}]")
    let messages = stage.reporter.warnings.map(\.message)
    #expect(messages.contains { $0.contains("followed by another") })
  }

  @Test(arguments: ["fill: forward", "fill: mean", "interpolate: spline", "rows: drop"])
  func `has nothing to do the second time`(rule: String) throws {
    try load("x,z,y,fold\n1,,a,train\n,2,a,train\n3,5,a,train\n,1,a,train\n2,,a,test\n4,4,a,test\n")
    let once = try clean("[missing: {\(rule)}]")
    let twice = try clean("[{missing: {\(rule)}}, {missing: {\(rule)}}]")
    for split in [SplitName.train, .test] {
      #expect(once.rows(split)?.rows == twice.rows(split)?.rows)
      let same = zip(once.numbers("numbers", split), twice.numbers("numbers", split))
        .allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
      #expect(same)
    }
  }

  @Test func `learns nothing from the rows that are tested on`() throws {
    let train = (0..<12).map { "\($0 % 5 == 0 ? "" : "\($0)"),\($0 % 3),a,train\n" }.joined()
    let steps =
      "[{outliers: {iqr: clip}}, {missing: {fill: median}}, {duplicates: drop}, {invalid: drop}]"
    try load("x,z,y,fold\n" + train + "5,5,a,test\n,1,a,test\n")
    let one = try clean(steps)
    let (rows, applied) = (
      one.numbers("numbers"), Value.array(one.description.applied.map(DeferredSteps.encode))
    )
    try load("x,z,y,fold\n" + train + "5000,5,a,test\n,-1e6,a,test\n")
    let other = try clean(steps)
    #expect(other.numbers("numbers") == rows)
    let encoded = Value.array(other.description.applied.map(DeferredSteps.encode))
    #expect(encoded.canonicalJSON == applied.canonicalJSON)
  }

  @Test func `steps work in the order in which they are written`() throws {
    try load("x,y,fold\n0,a,train\n0,a,train\n0,a,train\n,a,train\n10,a,train\n")
    let first = try clean("[{duplicates: drop}, {missing: {fill: mean}}]")
    #expect(first.numbers("numbers") == [0, 5, 10])
    let second = try clean("[{missing: {fill: mean}}, {duplicates: drop}]")
    #expect(second.numbers("numbers") == [0, 2.5, 10])
  }

  @Test(arguments: [
    ("[missing: {rows: drop, indicator: true}]", "there is nothing to indicate"),
    ("[missing: {fill: mean, along: rows}]", "'along' says how to interpolate"),
    ("[missing: {fill: mean, group: x}]", "'group' is for what goes along rows"),
    ("[missing: {interpolate: cubic}]", "'cubic' is not one of the choices here"),
    ("[missing: mean]", "'mean' is not one of the choices here"),
  ])
  func `refuses settings that make no sense`(yaml: String, fact: String) throws {
    try load("x,y,fold\n1,a,train\n")
    let thrown = #expect(throws: Diagnostics.self) { try clean(yaml) }
    #expect(thrown?.first?.message.hasPrefix(fact) == true)
  }
}

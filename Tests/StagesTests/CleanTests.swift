import Diagnostics
import Foundation
import Pipeline
import Testing
import YAML

@testable import Dataset
@testable import Stages

@Suite struct CleanTests {
  private let stage: StageRun
  private let reference: Value

  init() throws {
    stage = try StageRun()
    reference = try StageRun.reference("cleaning")
  }

  private func load(_ text: String) throws { try stage.loadFolds(text) }

  private func clean(_ yaml: String) throws -> Dataset {
    try stage.run(Clean.self, yaml, to: "cleaned", from: "loaded")
  }

  private func loadReference() throws -> [Double?] {
    let input = try #require(reference["table"]?["input"]?.array).map(\.double)
    let rows = input.map { "\($0.map { "\($0)" } ?? ""),a,train\n" }
    try load("x,y,fold\n" + rows.joined())
    return input
  }

  @Test(arguments: [
    ("fill: mean", "mean"), ("fill: median", "median"), ("fill: mode", "mode"),
    ("fill: forward", "forward"), ("fill: backward", "backward"),
    ("interpolate: linear", "linear"), ("interpolate: nearest", "nearest"),
    ("interpolate: spline", "spline"), ("interpolate: natural-spline", "natural-spline"),
  ])
  func `fills as pandas and SciPy do`(rule: String, key: String) throws {
    _ = try loadReference()
    let filled = try clean("[missing: {\(rule)}]").numbers("numbers")
    let expected = try #require(reference["table"]?[key]?.array)
    #expect(filled.count == expected.count)
    for (value, wanted) in zip(filled, expected) {
      guard let wanted = wanted.double else {
        #expect(value.isNaN)
        continue
      }
      #expect(abs(Double(value) - wanted) <= 1e-6 * max(1, abs(wanted)))
    }
  }

  @Test(arguments: ["z-score", "iqr", "mad"])
  func `finds outliers as SciPy and NumPy do`(method: String) throws {
    let input = try loadReference()
    let bounds = try #require(reference["table"]?[method]?.array).compactMap(\.double)
    let cleaned = try clean("[outliers: {\(method): clip}]").numbers("numbers")
    for (value, original) in zip(cleaned, input) {
      guard let original else { continue }
      let wanted = min(max(original, bounds[0]), bounds[1])
      #expect(abs(Double(value) - wanted) <= 1e-5 * max(1, abs(wanted)))
    }
    let dropped = try clean("[outliers: {\(method): drop}]")
    let outside = input.count { $0.map { $0 < bounds[0] || $0 > bounds[1] } ?? false }
    #expect(dropped[.train]?.rows == input.count - outside)
    #expect(outside > 0)
  }

  @Test func `fits on the training split alone and fills every split`() throws {
    try load("x,y,fold\n1,a,train\n,a,train\n3,a,train\n,b,test\n100,b,test\n")
    let cleaned = try clean("[missing: {fill: mean}]")
    #expect(cleaned.numbers("numbers") == [1, 2, 3])
    #expect(cleaned.numbers("numbers", .test) == [2, 100])
    let metrics = stage.reporter.metrics["steps"]?[0]?["missing"]
    #expect(metrics?["filled"] == ["train": 1, "test": 1])
    #expect(metrics?["values"] == ["x": 2.0])
    #expect(cleaned.description.applied.map { type(of: $0).kind } == ["fill-missing"])
  }

  @Test func `fills the columns that are named`() throws {
    try load("x,z,c,y,fold\n1,,r,a,train\n,2,,a,train\n3,4,b,a,train\n,,r,a,train\n")
    let cleaned = try clean(
      "[{missing: {fill: 0, columns: x}}, {missing: {fill: {constant: none}, columns: c}}]")
    let numbers = cleaned.numbers("numbers")
    #expect(numbers.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) == [1, 0, 3, 0])
    #expect(numbers.count(where: \.isNaN) == 2)
    #expect(cleaned.description.feature("c")?.categories == ["b", "r", "none"])
    #expect(cleaned.rows(.train)?.features["c"] == .int32([1, 2, 0, 1]))
    let mode = try clean("[missing: {fill: mode, columns: c}]")
    #expect(mode.rows(.train)?.features["c"] == .int32([1, 1, 0, 1]))
  }

  @Test func `drops rows that lack a value`() throws {
    try load("x,c,y,fold\n1,r,a,train\n,b,a,train\n3,,a,train\n4,b,a,test\n")
    let cleaned = try clean("[missing: drop]")
    #expect(cleaned.rows(.train)?.rows == [0])
    #expect(cleaned.rows(.test)?.rows == [3])
  }

  @Test func `drops duplicates, the later split's row of two`() throws {
    try load("x,y,fold\n1,a,train\n1,a,train\n1,b,train\n1,a,test\n2,a,test\n")
    let cleaned = try clean("[duplicates: drop]")
    #expect(cleaned.rows(.train)?.rows == [0, 2])
    #expect(cleaned.rows(.test)?.rows == [4])
    let metrics = stage.reporter.metrics["steps"]?[0]?["duplicates"]
    #expect(metrics == ["dropped": ["train": 1, "test": 1], "across-splits": 1])
    let features = try clean("[duplicates: {by: features}]")
    #expect(features.rows(.train)?.rows == [0])
  }

  @Test func `shares the shards of splits that do not change`() throws {
    try load("x,y,fold\n1,a,train\n1,a,train\n2,a,test\n")
    _ = try clean("[duplicates: drop]")
    let inode = { (name: String) in
      try FileManager.default.attributesOfItem(atPath: stage.path + "/" + name)[
        .systemFileNumber] as? Int
    }
    #expect(try inode("loaded/test-00000.arrow") == inode("cleaned/test-00000.arrow"))
    #expect(try inode("loaded/train-00000.arrow") != inode("cleaned/train-00000.arrow"))
  }

  @Test func `marks outliers for a later step to fill`() throws {
    let rows = (0..<20).map { "\($0 % 3),a,train\n" }.joined()
    try load("x,y,fold\n" + rows + "1000,a,train\n")
    let cleaned = try clean("[{outliers: {mad: mark}}, {missing: {fill: median}}]")
    #expect(cleaned.numbers("numbers").last == 1)
  }

  @Test func `refuses or drops invalid values`() throws {
    try load("x,y,fold\n1,a,train\ninf,a,train\n-5,a,train\n,a,train\n")
    let thrown = #expect(throws: Diagnostic.self) {
      try clean("[invalid: {range: {x: [0, 10]}}]")
    }
    #expect(thrown?.message == "2 rows have an invalid value")
    #expect(thrown?.notes.first?.message == "row 1 of the source has inf in 'x'")
    #expect(try clean("[invalid: drop]").rows(.train)?.rows == [0, 2, 3])
  }

  @Test func `balances classes`() throws {
    let rows = (0..<12).map { "\($0),\($0 < 9 ? "a" : "b"),train\n" }.joined()
    try load("x,y,fold\n" + rows + "1,a,test\n")
    let weighted = try clean("[balance: weight]")
    let weights = try #require(weighted.rows(.train)?.weights)
    #expect(abs(weights[0] - 12 / 18) < 1e-6 && abs(weights[11] - 2) < 1e-6)
    #expect(weighted.rows(.test)?.weights == [1])
    let dropped = try clean("[balance: drop]")
    #expect(dropped.rows(.train)?.target == .int64([0, 0, 0, 1, 1, 1]))
    #expect(dropped[.test]?.rows == 1)
  }

  @Test func `denoises images`() throws {
    for index in 0..<4 {
      var pixels = [UInt8](repeating: 50, count: 25)
      pixels[12] = 255
      let path = stage.path + "/images/a/\(index).png"
      try stage.write("images/a/\(index).png", "")
      try ImageCodec.writePNG(
        pixels, of: Picture(channels: 1, height: 5, width: 5), to: path)
    }
    _ = try stage.run(Load.self, "{images: images, color: grey}", to: "loaded")
    let cleaned = try clean("[denoise: {median: {size: 3}}]")
    let train = try #require(cleaned.rows(.train))
    #expect(train.features["image"] == .uint8([UInt8](repeating: 50, count: 25 * train.count)))
    #expect(cleaned.description.applied.map { type(of: $0).kind } == ["denoise"])
  }

  @Test(arguments: [
    ("[missing: {fill: {constant: 1e300}}]", "1e+300 does not fit the 32-bit numbers of a column"),
    ("[]", "there is no step to clean with"),
    ("[missing: {}]", "it is not said what becomes of missing values"),
    ("[missing: {rows: drop, fill: mean}]", "missing values cannot be treated in 2 ways"),
    ("[denoise: {median: {size: 4}}]", "the side of a window is 4"),
    ("[invalid: {range: {x: [3]}}]", "'x' has no range"),
    ("[missing: {fill: medain}]", "'medain' is not one of the choices here"),
    ("[missing: {fill: \"none\"}]", "'none' is not one of the choices here"),
    ("[dedupe: drop]", "'dedupe' is not one of the choices here"),
  ])
  func `refuses wrong settings`(yaml: String, fact: String) throws {
    try load("x,y,fold\n1,a,train\n")
    let thrown = #expect(throws: Diagnostics.self) { try clean(yaml) }
    #expect(thrown?.all.map(\.message) == [fact])
  }

  @Test func `tells a text to fill in from a misspelt rule`() throws {
    try load("x,y,fold\n1,a,train\n")
    let thrown = #expect(throws: Diagnostics.self) { try clean("[missing: {fill: medain}]") }
    #expect(
      thrown?.first?.notes.map(\.message) == [
        "did you mean 'median'?",
        "choose one of: mean, median, mode, forward, backward, constant",
        "a text of your own is written as {constant: medain}",
      ])
  }

  @Test func `tells the key that a value lacks`() throws {
    try load("x,y,fold\n1,a,train\n")
    let thrown = #expect(throws: Diagnostics.self) { try clean("[missing: median]") }
    #expect(thrown?.first?.notes.last?.message == "or write {fill: median}")
  }

  @Test(arguments: [
    ("[missing: {fill: mean, columns: xx}]", "no column matches 'xx'"),
    ("[missing: {fill: mean, columns: c}]", "the category 'c' has no mean and no median"),
    ("[missing: {fill: median, columns: z}]", "the column 'z' has no value in the training"),
    ("[denoise: median]", "there is no image to denoise"),
    ("[missing: drop]", "no row of the training split is left"),
  ])
  func `says what cannot be done to the data`(yaml: String, fact: String) throws {
    try load("x,z,c,y,fold\n1,,r,a,train\n2,,b,a,train\n")
    let thrown = #expect(throws: Diagnostic.self) { try clean(yaml) }
    #expect(thrown?.message.hasPrefix(fact) == true)
  }

  @Test func `takes the name of a column for that column alone, whatever it is made of`() throws {
    try stage.write(
      "t.csv", "price [EUR],a*b,axb,{x},y\n1,,,5,u\n,2,4,,v\n3,4,8,7,u\n2,3,6,6,v\n")
    _ = try stage.run(
      Load.self, "{csv: t.csv, target: y, split: {train: 100%}}", to: "loaded")
    let cleaned = try clean("[missing: {fill: median, columns: ['price [EUR]', 'a*b', '{x}']}]")
    let numbers = cleaned.numbers("numbers")
    #expect(numbers[..<2] == [1, 3] && numbers[2].isNaN && numbers[3] == 5)
    #expect(numbers[4...7] == [2, 2, 4, 6])
  }

  @Test func `fills dates, all parts or one`() throws {
    try stage.write("t.csv", "d,x,y\n2012-01-31,1,u\n,2,v\n2014-01-31,3,u\n")
    _ = try stage.run(
      Load.self,
      "{csv: t.csv, target: y, features: {d: {columns: d, parts: [year, day]}}, split: {train: 100%}}",
      to: "loaded")
    let whole = try clean("[missing: {fill: median, columns: d}]")
    #expect(whole.numbers("d") == [2012, 31, 2013, 31, 2014, 31])
    let year = try clean("[missing: {fill: median, columns: d year}]").numbers("d")
    #expect(year[2] == 2013 && year[3].isNaN)
  }
}

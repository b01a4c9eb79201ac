import Diagnostics
import Foundation
import Pipeline
import Testing
import YAML

@testable import Dataset
@testable import Stages

@Suite struct CleanStepTests {
  private let stage: StageRun
  private let reference: Value

  init() throws {
    stage = try StageRun()
    reference = try StageRun.reference("cleaning")
  }

  private func load(_ text: String) throws { try stage.loadFolds(text) }

  private func clean(_ yaml: String, threads: Int = 1) throws -> Dataset {
    try stage.run(Clean.self, yaml, to: "cleaned", from: "loaded", threads: threads)
  }

  private func metrics(_ step: String) -> Value? { stage.reporter.metrics["steps"]?[0]?[step] }

  @Test(arguments: [
    ("moving-mean: 5", "moving-mean"), ("moving-median: {size: 5}", "moving-median"),
    ("moving-mean: {size: 4, window: past}", "past-mean"),
    ("moving-median: {size: 4, window: past}", "past-median"),
    ("savitzky-golay: {size: 7, degree: 3}", "savitzky-golay interp"),
    ("savitzky-golay: {size: 7, degree: 3, edges: mirror}", "savitzky-golay mirror"),
    ("savitzky-golay: {size: 7, degree: 3, edges: nearest}", "savitzky-golay nearest"),
    ("savitzky-golay: {size: 7, degree: 3, edges: wrap}", "savitzky-golay wrap"),
    ("savitzky-golay: {size: 7, degree: 3, edges: constant}", "savitzky-golay constant"),
    ("savitzky-golay: {size: 11, degree: 4}", "savitzky-golay 11 4"),
  ])
  func `smooths series as pandas and SciPy do`(filter: String, key: String) throws {
    let series = try #require(reference["series"])
    let rows = (series["input"]?.array ?? []).map { "\($0.double ?? 0),a,train\n" }
    try load("x,y,fold\n" + rows.joined())
    let smooth = try clean("[denoise: {\(filter)}]")
    for (value, wanted) in zip(smooth.numbers("numbers"), series[key]?.array ?? []) {
      let wanted = wanted.double ?? .nan
      #expect(abs(Double(value) - wanted) <= 1e-5 * max(1, abs(wanted)))
    }
    #expect(metrics("denoise")?["new-rows"] == "unchanged")
    #expect(smooth.description.applied.first?.remark?.contains("stays as it is") == true)
  }

  @Test func `leaves missing values out of windows and refuses them in polynomials`() throws {
    try load("x,y,fold\n1,a,train\n,a,train\n5,a,train\n7,a,train\n")
    let smooth = try clean("[denoise: {moving-mean: 3}]").numbers("numbers")
    #expect(smooth[0] == 1 && smooth[1].isNaN && smooth[2] == 6 && smooth[3] == 6)
    let thrown = #expect(throws: Diagnostic.self) {
      try clean("[denoise: {savitzky-golay: {size: 3, degree: 1}}]")
    }
    #expect(thrown?.message.hasPrefix("'x' lacks values in the split 'train'") == true)
  }

  @Test(arguments: [
    ("[denoise: {savitzky-golay: {size: 5, degree: 5}}]", "a polynomial of degree 5 goes through"),
    ("[denoise: {moving-mean: 4}]", "the side of a window is 4"),
    ("[balance: smote]", "'smote' is not one of the choices here"),
    ("[duplicates: {near: 20}]", "20 is out of range for 'distance'"),
  ])
  func `refuses wrong settings`(yaml: String, fact: String) throws {
    try load("x,y,fold\n1,a,train\n")
    let thrown = #expect(throws: Diagnostics.self) { try clean(yaml) }
    #expect(thrown?.first?.message.hasPrefix(fact) == true, "\(thrown?.first?.message ?? "")")
  }

  @Test func `weighs classes as scikit-learn does, and repeats rows`() throws {
    try load(
      "x,y,fold\n" + "aaaabbc".enumerated().map { "\($0),\($1),train\n" }.joined()
        + "9,a,test\n")
    let weights = try #require(try clean("[balance: weight]").rows(.train)?.weights)
    let expected = reference["learnt"]?["class-weights"]
    for (row, name) in "aaaabbc".enumerated() {
      let wanted = expected?[String(name)]?.double ?? 0
      #expect(abs(Double(weights[row]) - wanted) < 1e-6)
    }
    let more = try clean("[balance: duplicate]")
    let block = try #require(more.rows(.train))
    guard case .int64(let codes) = block.target else { return }
    let counts = (0..<3).map { code in codes.count { $0 == code } }
    #expect(counts == [4, 4, 4])
    #expect(Set(block.rows).count == 12)
    #expect(more.description.name(of: block.rows[11]) == "copy 3 of row 7 of t.csv")
    #expect(more[.test]?.rows == 1)
    #expect(metrics("balance")?["duplicated"] == 5)
    #expect(metrics("balance")?["before"] == ["a": 4, "b": 2, "c": 1])
  }

  @Test func `marks what is invalid and drops labels that nobody trained on`() throws {
    try load("x,c,y,fold\n1,r,a,train\ninf,s,a,train\n200,r,b,train\n5,t,z,test\n6,r,a,test\n")
    let marked = try clean("[invalid: {rows: mark, range: {x: [0, 100]}, allowed: {c: [r, s]}}]")
    let numbers = marked.numbers("numbers")
    #expect(numbers[0] == 1 && numbers[1].isNaN && numbers[2].isNaN)
    #expect(marked.rows(.test)?.rows == [4])
    #expect(metrics("invalid")?["marked"] == ["train": 2, "test": 2])
    #expect(
      metrics("invalid")?["columns"] == ["x": ["train": 2], "c": ["test": 1], "y": ["test": 1]])
    #expect(
      marked.description.applied.map { type(of: $0).kind } == ["limit-range", "mark-missing"])
    let labels = try clean("[invalid: {rows: drop, allowed: {y: [a]}}]")
    #expect(labels.rows(.train)?.rows == [0] && labels.rows(.test)?.rows == [4])
    let thrown = #expect(throws: Diagnostic.self) { try clean("[invalid: {allowed: {yy: [a]}}]") }
    #expect(thrown?.message == "no category and no target is named 'yy'")
  }

  @Test func `finds pictures that look the same`() throws {
    func save(_ name: String, _ change: (Int, Int) -> Int) throws {
      let pixels = (0..<32 * 32).map { UInt8(clamping: change($0 / 32, $0 % 32)) }
      try stage.write("images/\(name).png", "")
      try ImageCodec.writePNG(
        pixels, of: Picture(channels: 1, height: 32, width: 32),
        to: stage.path + "/images/\(name).png")
    }
    func scene(_ y: Int, _ x: Int) -> Int { 40 + 5 * x + (y > 16 ? 60 : 0) + (x * y) % 7 }
    try save("a/0", scene)
    try save("a/1") { scene($0, $1) + 3 }
    try save("b/2") { scene($0, $1) + (($0 + $1) % 5 == 0 ? 4 : 0) }
    try save("b/3") { 255 - scene($1, $0) }
    _ = try stage.run(
      Load.self, "{images: images, color: grey, size: 32, split: {train: 100%}}", to: "loaded")
    #expect(try clean("[duplicates: drop]")[.train]?.rows == 4)
    for hash in ["perceptual", "difference", "average"] {
      let near = "{distance: 4, hash: \(hash)}"
      #expect(try clean("[duplicates: {near: \(near)}]").rows(.train)?.rows == [0, 2, 3])
      let any = try clean("[duplicates: {by: features, near: \(near)}]")
      #expect(any.rows(.train)?.rows == [0, 3])
    }
  }

  @Test func `gives the same bytes with any number of threads`() throws {
    let rows = (0..<300).map { row in
      let values = (0..<6).map { column in
        (row * 7 + column) % 11 == 0 ? "" : "\((row * 31 + column * 17) % 97)"
      }
      return values.joined(separator: ",")
        + ",\(row % 2 == 0 ? "a" : "b"),\(row < 200 ? "train" : "test")\n"
    }
    try load("a,b,c,d,e,f,y,fold\n" + rows.joined())
    let steps =
      "[{outliers: {mad: mark}}, {missing: {interpolate: spline, indicator: true}}, {denoise: {moving-median: 3}}, {balance: drop}]"
    let one = try clean(steps)
    let first = [SplitName.train, .test].map { one.numbers("numbers", $0) }
    let three = try clean(steps, threads: 3)
    let second = [SplitName.train, .test].map { three.numbers("numbers", $0) }
    #expect(second == first)
    #expect(three.description.value == one.description.value)
  }

  @Test func `scales as the stage that normalises, and writes the rows`() throws {
    try load("x,y,fold\n1,a,train\n,a,train\n2,b,train\n6,a,train\n5,a,test\n")
    let scaled = try clean("[{missing: {fill: mean}}, {standardize: z-score}]")
    let deviation = (14.0 / 4).squareRoot()
    let wanted = [-2, 0, -1, 3].map { $0 / deviation }
    for (value, wanted) in zip(scaled.numbers("numbers"), wanted) {
      #expect(abs(Double(value) - wanted) < 1e-6)
    }
    #expect(abs(Double(scaled.numbers("numbers", .test)[0]) - 2 / deviation) < 1e-6)
    #expect(scaled.description.steps.isEmpty)
    #expect(scaled.description.applied.map { type(of: $0).kind } == ["fill-missing", "normalize"])
  }

  @Test func `says how near images come to a reference`() throws {
    for (folder, noise) in [("clean", 0), ("noisy", 60)] {
      for index in 0..<2 {
        let pixels = (0..<16 * 16).map { UInt8(100 + ($0 % 37 == 0 ? noise : 0) + index) }
        try stage.write("\(folder)/a/\(index).png", "")
        try ImageCodec.writePNG(
          pixels, of: Picture(channels: 1, height: 16, width: 16),
          to: stage.path + "/\(folder)/a/\(index).png")
      }
      _ = try stage.run(
        Load.self, "{images: \(folder), color: grey, size: 16, split: {train: 100%}}",
        to: folder + " loaded")
    }
    _ = try stage.run(
      Clean.self, "[{denoise: {median: 3}}, {duplicates: drop}]", to: "cleaned",
      from: "noisy loaded",
      reference: "clean loaded")
    let psnr = stage.reporter.metrics["reference"]?["train"]?["image"]?["psnr"]
    // 7 of 256 pixels are 60 levels off.
    let before = 10 * log10(255 * 255 * 256 / Double(7 * 60 * 60))
    #expect(abs((psnr?["before"]?.double ?? 0) - before) < 1e-9)
    #expect((psnr?["after"]?.double ?? 0) > 60)
    let names = try FileManager.default.contentsOfDirectory(atPath: stage.path + "/cleaned")
    #expect(names.sorted() == ["dataset.json", "train-00000.arrow"])
  }
}

import Diagnostics
import Tensor
import Testing
import YAML

@testable import Dataset

@Suite struct AppliedStepTests {
  private let steps: [any DeferredStep] = [
    LimitRange(low: ["n": [-.infinity, 0]], high: ["n": [.infinity, 1]], marks: false),
    FillMissing(numbers: ["n": [7, .nan]], codes: ["c": 2]),
    DenoiseImages(features: ["image"], filter: .median(size: 3)),
  ]

  private let further: [any DeferredStep] = [
    MarkMissing(numbers: [-9], elements: ["n": [1]], codes: ["c": [0]]),
    IndicateMissing(name: "gone", elements: [.init(feature: "n", element: 1)]),
    InterpolateRow(rule: .linear, shapes: ["n": [3]]),
    SmoothSeries(filter: "moving", columns: ["x"]),
  ]

  @Test func `marks, indicates and interpolates new rows`() throws {
    let numbers: [Float] = [1, -9, 5, -9, 2, .nan]
    var batch = Batch(
      inputs: [
        "n": try Tensor(numbers, shape: [2, 3]), "c": try Tensor([Int32(0), 1], shape: [2, 1]),
        "gone": try Tensor([Float(7), 8], shape: [2, 1]),
      ], rows: [0, 1])
    let recorded = further.map(DeferredSteps.encode)
    let read = try DeferredSteps.decode(recorded, file: "dataset.json")
    #expect(Value.array(read.map(DeferredSteps.encode)) == Value.array(recorded))
    try DeferredSteps.apply(read, to: &batch, in: StepContext(seed: 1, isTraining: false))
    #expect(try batch.inputs["n"]?.array(Float.self) == [1, 3, 5, -9, 2, 2])
    #expect(try batch.inputs["c"]?.array(Int32.self) == [-1, 1])
    #expect(try batch.inputs["gone"]?.array(Float.self) == [1, 0])
    var block = Block(
      rows: [0, 1], features: ["n": .float32(numbers), "c": .int32([0, 1])])
    for step in read {
      switch step {
      case let step as MarkMissing: block = step.apply(to: block)
      case let step as IndicateMissing: block = step.apply(to: block)
      case let step as InterpolateRow: block = step.apply(to: block)
      default: continue
      }
    }
    #expect(block.features["n"] == .float32([1, 3, 5, -9, 2, 2]))
    #expect(block.features["gone"] == .float32([1, 0]))
  }

  @Test func `changes batches of new rows`() throws {
    var batch = Batch(
      inputs: [
        "n": try Tensor([Float.nan, 3, 5, .nan], shape: [2, 2]),
        "c": try Tensor([Int32(-1), 1], shape: [2, 1]),
        "image": try Tensor(
          [UInt8](repeating: 9, count: 4) + [200] + [UInt8](repeating: 9, count: 13),
          shape: [2, 1, 3, 3]),
      ], rows: [0, 1])
    try DeferredSteps.apply(steps, to: &batch, in: StepContext(seed: 1, isTraining: false))
    let numbers = try #require(try batch.inputs["n"]?.array(Float.self))
    #expect(Array(numbers.prefix(3)) == [7, 1, 5])
    #expect(numbers[3].isNaN)
    #expect(try batch.inputs["c"]?.array(Int32.self) == [2, 1])
    #expect(try batch.inputs["image"]?.array(UInt8.self) == [UInt8](repeating: 9, count: 18))
  }

  @Test func `reads back what was recorded`() throws {
    let recorded = steps.map(DeferredSteps.encode)
    let read = try DeferredSteps.decode(recorded, file: "dataset.json")
    let text = Value.array(recorded).canonicalJSON
    #expect(Value.array(read.map(DeferredSteps.encode)).canonicalJSON == text)
    let parsed = try #require(try Value(parsingJSON: text).array)
    #expect(try DeferredSteps.decode(parsed, file: "dataset.json").count == 3)
  }

  @Test(
    arguments: [
      ["kind": "no-such"], ["kind": "fill-missing"],
      ["kind": "fill-missing", "settings": ["numbers": ["a": []], "codes": [:]]],
      ["kind": "limit-range", "settings": ["low": ["a": [0]], "high": [:], "marks": true]],
      [
        "kind": "denoise",
        "settings": ["features": [], "filter": ["method": "magic", "size": 3]],
      ], "text", .null,
    ] as [Value])
  func `refuses a step that is none`(value: Value) {
    #expect(throws: Diagnostic.self) { try DeferredSteps.decode([value], file: "dataset.json") }
  }

  @Test func `refuses features of another width`() throws {
    var batch = Batch(inputs: ["n": try Tensor([Float(1)], shape: [1, 1])], rows: [0])
    #expect(throws: Diagnostic.self) {
      try DeferredSteps.apply(steps, to: &batch, in: StepContext(seed: 1, isTraining: false))
    }
  }
}

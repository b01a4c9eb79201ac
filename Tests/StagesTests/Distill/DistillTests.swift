import Dataset
import Diagnostics
import Foundation
import Learning
import Network
import Options
import Pipeline
import Tensor
import Testing
import YAML

@testable import Stages

struct `The distill stage` {
  @Test func `teaches a student what the teacher answers`() throws {
    let run = try LearningRun()
    _ = try run.run(
      Train.self, "{model: {cnn: {channels: [16, 32]}}, \(`The train stage`.recipe)}",
      to: "teacher")
    let student = try run.run(
      Distill.self, "{student: {mlp: {hidden: [32]}}, \(`The train stage`.recipe)}",
      to: "student", ["teacher": ["teacher", "teacher"], "data": ["stripes"]])
    #expect(try #require(run.metric("test.agreement")) >= 0.93)
    #expect(run.metric("test.teacher-accuracy") != nil)
    #expect(student.lineage["teachers"] == ["teacher", "teacher"])
  }

  @Test func `copies the layers that are asked for`() throws {
    let run = try LearningRun()
    let cnn = "{cnn: {channels: [8, 16]}}"
    _ = try run.run(Train.self, "{model: \(cnn), epochs: 1}", to: "teacher")
    _ = try run.run(
      Distill.self, "{student: \(cnn), transfer: ['stage1.*'], epochs: 1}", to: "student",
      ["teacher": ["teacher"], "data": ["stripes"]])
    #expect(
      run.reporter.metrics["copied"] == [
        "stage1.conv.weight", "stage1.norm.weight", "stage1.norm.bias",
        "stage1.norm.running_mean", "stage1.norm.running_var",
      ])
  }

  @Test(arguments: [("distilled 0.5 0.5 4", 0.5, 0.5, 4.0), ("distilled 0.1 0.9 2", 0.1, 0.9, 2)])
  func `the loss and its gradient agree with PyTorch`(
    name: String, hard: Double, soft: Double, temperature: Double
  ) throws {
    let reference = try StageRun.reference("losses")
    func tensor(_ name: String) throws -> Tensor {
      let numbers = (reference[name]?.array ?? []).map { Float($0.double ?? .nan) }
      return try Tensor(numbers, shape: [4, 3])
    }
    let classes = try Tensor((reference["classes"]?.array ?? []).compactMap(\.int))
    let student = try tensor("logits").requireGradient()
    let teacher = try tensor("teacher")
    for teachers in [[teacher], [teacher, teacher, teacher]] {
      let loss = DistillationLoss(
        hardWeight: hard, softWeight: soft, temperature: temperature, hard: Loss(.crossEntropy),
        shares: teachers.map { _ in 1 / Double(teachers.count) })
      let value = try loss(
        student, teachers: teachers, Batch(inputs: [:], target: classes, rows: [0, 1, 2, 3]))
      try student.setGradient(nil)
      try value.backward()
      let expected = try #require(reference[name]?["value"]?.double)
      #expect(try abs(value.item() - expected) < 1e-5)
      let gradients = (reference[name]?["gradient"]?.array ?? []).map { Float($0.double ?? .nan) }
      let own = try #require(try student.gradient()).array(Float.self)
      #expect(zip(own, gradients).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func `teaches values as well`() throws {
    let stage = try StageRun()
    var stream = RandomStream(seed: 3)
    let rows = (0..<300).map { _ -> String in
      let (x, y) = (stream.normal(deviation: 1), stream.normal(deviation: 1))
      return "\(x),\(y),\(500 + 100 * (x + x * y) + stream.normal(deviation: 20))"
    }
    try stage.write("v.csv", "x,y,value\n" + rows.joined(separator: "\n") + "\n")
    _ = try stage.run(
      Load.self, "{csv: v.csv, target: value, task: regression}", to: "data")
    let recipe = "epochs: 40, batch: 32, schedule: {one-cycle: {peak: 0.02}}"
    try stage.run(
      Train.self, "{model: {mlp: {hidden: [64]}}, \(recipe)}", to: "teacher",
      ["data": "data"])
    let teacher = try #require(stage.reporter.metrics["test"]?["rmse"]?.double)
    try stage.run(
      Distill.self, "{student: {mlp: {hidden: [16]}}, \(recipe)}", to: "student",
      ["teacher": "teacher", "data": "data"])
    let metrics = try #require(stage.reporter.metrics["test"])
    #expect(metrics["teacher-rmse"]?.double == teacher)
    #expect(try #require(metrics["r2"]?.double) > 0.6)
    #expect(try #require(metrics["distance"]?.double) < 80)
    let losses = try #require(stage.reporter.metrics["training"]?["validation-loss"]?.array)
    #expect(losses.allSatisfy { $0.double ?? .infinity < 10 })
  }

  @Test func `of values is their squared distance in the unit of the target`() throws {
    let loss = DistillationLoss(
      hardWeight: 0.25, softWeight: 2, temperature: 4, hard: Loss(.mse, units: [10]),
      shares: [0.5, 0.5])
    let student = try Tensor([Float(20), 40], shape: [2, 1])
    let teachers = try [[Float(10), 40], [30, 60]].map { try Tensor($0, shape: [2, 1]) }
    let batch = Batch(inputs: [:], target: try Tensor([Float(30), 40]), rows: [0, 1])
    // 0.25 (1 + 0) / 2 + 2 (0 + 1) / 2
    #expect(try abs(loss(student, teachers: teachers, batch).item() - 1.125) < 1e-6)
  }

  @Test func `of labels is the divergence of each label's probabilities, as PyTorch has it`() throws
  {
    let reference = try StageRun.reference("losses")
    func tensor(_ name: String) throws -> Tensor {
      let numbers = (reference[name]?.array ?? []).map { Float($0.double ?? .nan) }
      return try Tensor(numbers, shape: [4, 3])
    }
    let student = try tensor("logits").requireGradient()
    let teacher = try tensor("teacher")
    for teachers in [[teacher], [teacher, teacher]] {
      let loss = DistillationLoss(
        hardWeight: 0.25, softWeight: 2, temperature: 3, hard: Loss(.bce),
        shares: teachers.map { _ in 1 / Double(teachers.count) })
      let value = try loss(
        student, teachers: teachers,
        Batch(inputs: [:], target: tensor("indicators"), rows: [0, 1, 2, 3]))
      try student.setGradient(nil)
      try value.backward()
      let expected = try #require(reference["labels distilled"]?["value"]?.double)
      #expect(try abs(value.item() - expected) < 1e-5)
      let gradients = (reference["labels distilled"]?["gradient"]?.array ?? [])
        .map { Float($0.double ?? .nan) }
      let own = try #require(try student.gradient()).array(Float.self)
      #expect(zip(own, gradients).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func `needs something to learn from`() throws {
    let run = try LearningRun()
    #expect {
      try run.run(
        Distill.self, "{student: linear, hard-weight: 0, soft-weight: 0}", to: "student")
    } throws: { error in
      "\(error)".contains("the student has nothing to learn from: both weights are 0")
    }
  }
}

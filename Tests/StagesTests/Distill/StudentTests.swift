import Diagnostics
import Learning
import Network
import Options
import Pipeline
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

/// What a student learns beside a teacher's answers.
struct `A student` {
  private static let teacher = "{cnn: {channels: [16, 32]}}"
  private static let recipe = `The train stage`.recipe

  private func run(
    _ settings: String, teachers: [String] = ["teacher"], _ more: [String: [String]] = [:],
    _ run: LearningRun? = nil
  ) throws -> (run: LearningRun, model: Model) {
    let run = try run ?? LearningRun()
    _ = try run.run(Train.self, "{model: \(Self.teacher), \(Self.recipe)}", to: "teacher")
    let model = try run.run(
      Distill.self, settings, to: "student",
      more.merging(["teacher": teachers, "data": ["stripes"]]) { first, _ in first })
    return (run, model)
  }

  @Test(arguments: [
    "hint: {layers: {stage1.relu: stage1.relu}}",
    "attention: {layers: {stage1.relu: stage1.relu, stage2.relu: stage2.relu}, weight: 10}",
    "relational: {}", "relational: {layers: {pool1: stage2.relu}, distance: 5, angle: 0}",
  ])
  func `learns from layers, and keeps no adapter`(guide: String) throws {
    let (run, model) = try run(
      "{student: {cnn: {channels: [4, 8]}}, \(guide), \(Self.recipe)}",
      teachers: ["teacher", "teacher"])
    #expect(try #require(run.metric("test.accuracy")) > 0.85)
    #expect(model.network.graph.outputs.count == 1)
    #expect(model.network.graph.nodes.allSatisfy { !$0.name.contains("teacher") })
    #expect(
      Set(model.network.parameters.keys) == Set(model.network.graph.parameterSpecs.map(\.name)))
    let losses = try #require(run.reporter.metrics["training"]?["validation-loss"]?.array)
    #expect(losses.allSatisfy { $0.double?.isFinite == true })
  }

  /// With both weights 0 nothing names the classes; what the last layer but one gives is learnt alone.
  @Test func `may learn from layers alone`() throws {
    let (run, _) = try run(
      "{student: {cnn: {channels: [4, 8]}}, hint: {layers: {stage2.relu: stage2.relu}}, "
        + "hard-weight: 0, soft-weight: 0, \(Self.recipe)}")
    let training = try #require(run.reporter.metrics["training"])
    #expect(
      training["measures"] == ["training": "what layers give", "validation": "cross-entropy"])
    let losses = try #require(training["training-loss"]?.array?.compactMap { $0.double })
    #expect(try #require(losses.last) < losses[0] / 2)
  }

  @Test(arguments: [
    (
      "hint: {layers: {stage9.relu: stage1.relu}}", "the student has no layer 'stage9.relu'",
      "stage1.conv, stage1.norm, stage1.relu, pool1, stage2.conv"
    ),
    (
      "attention: {layers: {stage1.relu: middle}}",
      "the teacher of stage 'teacher' has no layer 'middle'", "stage1.conv, stage1.norm"
    ),
    (
      "attention: {layers: {stage1.relu: stage2.relu}}",
      "'stage1.relu' of the student gives [4, 6, 6] and 'stage2.relu' of the teacher of stage 'teacher'",
      "name two layers of the same height and width"
    ),
    (
      "attention: {layers: {mean: mean}}", "'mean' gives [8] and has no places to look at",
      "write 'hint'"
    ),
  ])
  func `names layers that are there`(guide: String, fact: String, note: String) throws {
    let thrown = #expect(throws: Diagnostics.self) {
      try run("{student: {cnn: {channels: [4, 8]}}, \(guide), epochs: 1}")
    }
    let problem = try #require(thrown?.first)
    #expect(problem.message.hasPrefix(fact))
    #expect(problem.notes.contains { $0.message.contains(note) })
  }

  @Test func `of a linear model has no layer whose relations could be learnt`() throws {
    let thrown = #expect(throws: Diagnostic.self) {
      try run("{student: linear, relational: {}, epochs: 1}")
    }
    #expect(
      thrown?.message.hasPrefix("the last layer of the student reads the features themselves")
        == true)
  }

  @Test func `may be the teacher's network, born again`() throws {
    let (run, model) = try run("{self: true, \(Self.recipe)}")
    let teacher = try Model(opening: run.path + "/teacher")
    #expect(model.network.graph.value == teacher.network.graph.value)
    let weight = "stage1.conv.weight"
    #expect(
      try model.network.parameters.tensor(weight).array(Float.self)
        != teacher.network.parameters.tensor(weight).array(Float.self))
    #expect(try #require(run.metric("test.accuracy")) > 0.85)
  }

  @Test func `says what it took over and what not`() throws {
    let (run, _) = try run(
      "{student: {cnn: {channels: [16, 8]}}, transfer: ['stage*'], epochs: 1}")
    let copied = try #require(run.reporter.metrics["copied"]?.array)
    #expect(copied.first == "stage1.conv.weight")
    #expect(!copied.contains("stage2.conv.weight"))
    let left = try #require(run.reporter.metrics["not-copied"]?.array)
    #expect(
      left.first
        == "stage2.conv.weight: its shape is [8, 16, 3, 3], and [32, 16, 3, 3] in the teacher 'teacher'"
    )
  }

  @Test func `refuses weights for other teachers than there are`() throws {
    let thrown = #expect(throws: Diagnostic.self) {
      try run("{student: linear, teacher-weights: [1, 2], epochs: 1}")
    }
    #expect(thrown?.message == "there are 2 teacher weights for 1 teacher")
  }

  @Test(arguments: [
    ("{epochs: 1}", "'distill' lacks the student"),
    ("{student: linear, self: true}", "with 'self' the student has the teacher's network"),
    ("{student: linear, hint: {layers: {}}}", "'hint' names no layers"),
    (
      "{student: linear, relational: {distance: 0, angle: 0}}",
      "'relational' compares nothing: both of its weights are 0"
    ),
    (
      "{student: {mlp: {}}, relational: {}, batch: 512}",
      "a batch of 512 has 512 x 512 x 512 angles"
    ),
  ])
  func `is described in full`(settings: String, fact: String) throws {
    let node = try Node(parsing: settings, file: "p.yaml")
    let problems = Distill.check(try Distill.Settings.decode(node), node, in: "/")
    #expect(problems.map(\.message) == [fact])
  }

  /// Both names are checked where a pipeline is, long before the teacher has learnt anything.
  @Test func `is checked against the teacher's layers before anything runs`() throws {
    let text = """
      pipeline: p
      stages:
        data:
          load:
            csv: t.csv
            target: t
            features: {image: {columns: 'p*', height: 8, width: 8}}
        teacher: {from: data, train: {model: {cnn: {channels: [16, 32]}}}}
        student:
          from: {teacher: teacher, data: data}
          distill:
            student: {cnn: {channels: [4, 8]}}
            hint: {layers: {stage1.rely: stage1.relu, stage2.relu: stage3.relu}}
      """
    let names = (0..<64).map { "p\($0)" } + ["t"]
    let rows = ["x", "y"].map { label in ([String](repeating: "1", count: 64) + [label]) }
    let table = ([names] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    #expect(
      try Scratch.problems(in: text, ["t.csv": table]) == [
        "the student has no layer 'stage1.rely'", "the teacher has no layer 'stage3.relu'",
      ])
  }
}

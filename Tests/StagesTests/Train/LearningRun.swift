import Dataset
import Diagnostics
import Foundation
import Hardware
import Learning
import Network
import Options
import Pipeline
import Tensor
import YAML

@testable import Stages

/// Runs stages that learn, on small images in a folder that goes with the test.
final class LearningRun {
  let path: String
  let reporter = StageRun.Collected()

  init() throws {
    path = NSTemporaryDirectory() + "anneal-learning-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Self.writeStripes(to: path + "/stripes")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Runs a stage and opens its model; `inputs` gives the artifact of each role.
  func run<Kind: Stage>(
    _ kind: Kind.Type, _ yaml: String, to name: String,
    _ inputs: [String: [String]] = ["data": ["stripes"]], threads: Int = 1,
    open: OpenChoices? = nil, resources: Resources? = nil, reporter: (any StageReporter)? = nil
  ) throws -> Model {
    let node = try Node(parsing: yaml, file: "p.yaml")
    let settings = try Kind.Settings.decode(node)
    try Diagnostics(Kind.check(settings, node, in: path)).throwIfErrors()
    let job = StageJob(
      stage: name, kind: Kind.kind, settings: settings.value,
      inputs: inputs.reduce(into: [:]) { roles, role in
        roles[role.key] = role.value.map { input in
          JobInput(
            stage: input, kind: role.key == "data" || role.key == "unlabelled" ? .dataset : .model,
            directory: path + "/" + input)
        }
      },
      output: path + "/" + name, checkpoints: path + "/checkpoints-" + name, directory: path,
      seed: 5,
      resources: resources
        ?? Resources(
          device: .cpu, precision: .fp32, threads: threads, channelsLast: true,
          instructionSet: .baseline, open: open))
    try FileManager.default.createDirectory(
      atPath: job.output, withIntermediateDirectories: true)
    self.reporter.expect(Kind.metrics(settings, reading: KnownInputs([:])))
    try Kind.run(job, reporter ?? self.reporter)
    return try Model(opening: job.output)
  }

  /// Puts an augmentation before the rows of the stripes.
  func augment(_ steps: String, to name: String) throws {
    let node = try Node(parsing: steps, file: "p.yaml")
    let settings = try Augment.Settings.decode(node)
    let job = StageJob(
      stage: name, kind: Augment.kind, settings: settings.value,
      inputs: [
        "data": [JobInput(stage: "stripes", kind: .dataset, directory: path + "/stripes")]
      ],
      output: path + "/" + name, checkpoints: path + "/checkpoints-" + name, directory: path,
      seed: 5,
      resources: Resources(
        device: .cpu, precision: .fp32, threads: 1, channelsLast: false, instructionSet: .baseline))
    try FileManager.default.createDirectory(
      atPath: job.output, withIntermediateDirectories: true)
    try Augment.run(settings, job, StageRun.Collected())
  }

  /// The last reported number at a path such as `test.accuracy`.
  func metric(_ path: String) -> Double? {
    path.split(separator: ".").reduce(Optional(reporter.metrics)) { value, key in
      value?[String(key)]
    }?.double
  }

  /// Noisy 6x6 images of three classes: stripes across, stripes down, and a checkerboard.
  private static func writeStripes(to directory: String) throws {
    var writer = try DatasetWriter(
      directory: directory,
      features: [Feature(name: "image", kind: .image, shape: [1, 6, 6], type: .float32)],
      target: Target(
        name: "pattern", task: .classification, classes: ["across", "down", "both"]))
    var stream = RandomStream(seed: 8)
    for (split, count) in [(SplitName.train, 240), (.validation, 60), (.test, 90)] {
      var pixels: [Float] = []
      for row in 0..<count {
        let phase = stream.bounded(2)
        for place in 0..<36 {
          let (y, x) = (place / 6, place % 6)
          let stripe = [y, x, x + y][row % 3]
          let level = Double((stripe + phase) % 2)
          pixels.append(Float(level + stream.normal(deviation: 0.6)))
        }
      }
      try writer.append(
        Block(
          rows: (0..<count).map(Int64.init), features: ["image": .float32(pixels)],
          target: .int64((0..<count).map { Int64($0 % 3) })), to: split)
    }
    _ = try writer.finish()
  }
}

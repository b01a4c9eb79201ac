import Dataset
import Foundation
import Network
import Tensor

/// A dataset of three noisy clusters in the plane, with a weight for each row if asked for.
enum Blobs {
  static func write(
    to directory: String, rows: Int = 120, validation: Int = 30, missing: Int? = nil,
    in hole: SplitName = .train, offset: Double = 0
  ) throws -> Dataset {
    let target = Target(name: "cluster", task: .classification, classes: ["a", "b", "c"])
    var writer = try DatasetWriter(
      directory: directory,
      features: [Feature(name: "place", kind: .numbers, shape: [2], type: .float32)],
      target: target)
    var stream = RandomStream(seed: 3)
    for (split, count) in [(SplitName.train, rows), (.validation, validation), (.test, 60)] {
      var places: [Float] = []
      var classes: [Int64] = []
      for row in 0..<count {
        let angle = Double(row % 3) * 2 * .pi / 3
        places.append(Float(offset + 2 * cos(angle) + stream.normal(deviation: 0.4)))
        places.append(Float(offset + 2 * sin(angle) + stream.normal(deviation: 0.4)))
        classes.append(Int64(row % 3))
      }
      if split == hole, let missing { places[missing * 2] = .nan }
      try writer.append(
        Block(
          rows: (0..<count).map(Int64.init), features: ["place": .float32(places)],
          target: .int64(classes)), to: split)
    }
    _ = try writer.finish()
    return try Dataset(opening: directory)
  }

  /// Values y = 100 + 50 x with x in the training, validation and test splits.
  static func writeLine(
    to directory: String, _ line: (Float) -> Float = { 100 + 50 * $0 }
  ) throws -> Dataset {
    var writer = try DatasetWriter(
      directory: directory,
      features: [Feature(name: "x", kind: .numbers, shape: [1], type: .float32)],
      target: Target(name: "y", task: .regression))
    var stream = RandomStream(seed: 4)
    for split in SplitName.allCases {
      let values = (0..<80).map { _ in Float(stream.normal()) }
      try writer.append(
        Block(
          rows: (0..<80).map(Int64.init), features: ["x": .float32(values)],
          target: .float32(values.map(line))), to: split)
    }
    _ = try writer.finish()
    return try Dataset(opening: directory)
  }
}

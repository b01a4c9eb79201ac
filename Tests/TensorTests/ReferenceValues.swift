import Foundation
import Testing

@testable import Tensor

/// Values computed by other means, from `Tests/References/tensor.json`.
struct ReferenceValues: Decodable {
  struct Values: Decodable {
    var shape: [Int]
    var values: [Double]

    /// The values as a float32 tensor.
    func tensor(_ type: ElementType = .float32) throws -> Tensor {
      try Tensor(values, shape: shape).to(type)
    }
  }

  private var cases: [String: [String: Values]]
  /// A file written by the safetensors package.
  var safetensors: Data

  static func load() throws -> ReferenceValues {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../References/tensor.json")
    return try JSONDecoder().decode(ReferenceValues.self, from: Data(contentsOf: file))
  }

  func callAsFunction(_ name: String) throws -> [String: Values] {
    try #require(cases[name], "no case \(name)")
  }
}

extension [String: ReferenceValues.Values] {
  func values(_ name: String) throws -> ReferenceValues.Values {
    try #require(self[name], "no values \(name)")
  }

  func tensor(_ name: String, _ type: ElementType = .float32) throws -> Tensor {
    try values(name).tensor(type)
  }

  /// Holds a tensor against the stored values, relative to their size.
  func check(
    _ tensor: Tensor, _ name: String, tolerance: Double = 1e-5,
    at place: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let expected = try values(name)
    #expect(tensor.shape == expected.shape, "\(name)", sourceLocation: place)
    let actual = try tensor.array(Double.self)
    for (index, (a, e)) in zip(actual, expected.values).enumerated()
    where !((a - e).magnitude <= tolerance * Swift.max(1, e.magnitude)) {
      Issue.record("\(name)[\(index)] is \(a), not \(e)", sourceLocation: place)
      return
    }
  }
}

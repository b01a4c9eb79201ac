import Foundation
import Tensor
import YAML

/// Stored results of an independent implementation, made by the script of the same name.
enum Reference {
  static func read(_ name: String, from file: String = #filePath) throws -> Value {
    let folder = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "References/\(name).json"))
    return try Value(parsingJSON: data)
  }
}

extension Value {
  var numbers: [Float] { (array ?? []).map { Float($0.double ?? .nan) } }

  /// A tensor written as its shape and its values.
  func tensor() throws -> Tensor {
    let shape = (self["shape"]?.array ?? []).compactMap(\.int)
    return try Tensor(self["values"]?.numbers ?? [], shape: shape)
  }
}

/// The largest absolute difference of two tensors.
func distance(_ left: Tensor, _ right: Tensor) throws -> Double {
  try (left.detach() - right.detach()).abs().max().item()
}

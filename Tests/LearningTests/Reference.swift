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
  var doubles: [Double] { (array ?? []).map { $0.double ?? .nan } }
  var integers: [Int] { (array ?? []).compactMap(\.int) }
}

/// The largest absolute difference of two lists of one length.
func distance(_ left: [Float], _ right: [Float]) -> Float {
  left.count == right.count ? zip(left, right).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

import Foundation
import Testing
import YAML

/// Values that another implementation computed; see Tests/References.
enum Reference {
  static func read(_ name: String) throws -> Value {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../References/\(name).json")
    return try Value(parsingJSON: Data(contentsOf: file), file: name)
  }
}

extension Value {
  /// The numbers of a list; none where there is no such list.
  func numbers(_ key: String) -> [Double] { (self[key]?.array ?? []).compactMap(\.double) }

  /// The bytes of a text in base 64.
  func bytes(_ key: String) throws -> [UInt8] {
    let text = try #require(self[key]?.string)
    return [UInt8](try #require(Data(base64Encoded: text)))
  }
}

/// The largest difference of two bytes at the same place.
func largestDifference(_ left: [UInt8], _ right: [UInt8]) -> Int {
  guard left.count == right.count else { return 256 }
  return zip(left, right).map { abs(Int($0) - Int($1)) }.max() ?? 0
}

internal import Artifacts
internal import Diagnostics
internal import Tensor
internal import YAML

/// How two files of artifacts differ, in the terms of their format.
package struct FileComparison {
  private let old: String
  private let new: String

  /// Files beyond this are told apart by their sizes only.
  private static let largest = 1 << 29

  package init(_ old: String, _ new: String) {
    self.old = old
    self.new = new
  }

  /// What differs; a file that cannot be read as its format is compared byte by byte.
  package var sentences: [String] {
    let found: [String]? =
      if old.hasSuffix(".safetensors") { try? tensors() } else if old.hasSuffix(".json") {
        try? members()
      } else { nil }
    if let found, !found.isEmpty { return found }
    return (try? bytes()) ?? ["it cannot be read again"]
  }

  private func members() throws -> [String] {
    ValueComparison(
      try Value(parsingJSON: try Folder.contents(of: old), file: old),
      try Value(parsingJSON: try Folder.contents(of: new), file: new)
    ).sentences
  }

  private func tensors() throws -> [String] {
    let before = try SafeTensors(reading: old)
    let after = try SafeTensors(reading: new)
    let all = Set(before.names).union(after.names).sorted().compactMap { name in
      TensorComparison(name, before, after).sentence
    }
    guard all.count > ValueComparison.mostNamed else { return all }
    return Array(all.prefix(ValueComparison.mostNamed))
      + ["and \(all.count - ValueComparison.mostNamed) more tensors"]
  }

  private func bytes() throws(Diagnostic) -> [String] {
    let sizes = (try FileStatus(of: old)?.size ?? 0, try FileStatus(of: new)?.size ?? 0)
    guard sizes.0 == sizes.1 else { return ["it had \(sizes.0) bytes and has \(sizes.1)"] }
    guard sizes.0 <= Self.largest else { return ["its \(sizes.0) bytes are others"] }
    let before = try Folder.contents(of: old)
    let after = try Folder.contents(of: new)
    let places = zip(before, after).enumerated().filter { $0.element.0 != $0.element.1 }
    guard let first = places.first?.offset else { return [] }
    return ["\(places.count) of \(before.count) bytes differ, the first at \(first)"]
  }
}

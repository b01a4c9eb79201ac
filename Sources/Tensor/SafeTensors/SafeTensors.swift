package import Diagnostics

/// An opened safetensors file: named tensors and texts.
///
/// The header is hostile until parsed: lengths, types, shapes, overlaps and gaps are checked before
/// any tensor is given. The data is mapped, so opening costs no more than the header.
package struct SafeTensors: Sendable {
  package let metadata: [String: String]
  private let entries: [String: SafeTensorsHeader.Entry]
  private let file: MappedFile
  private let path: String

  package init(reading path: String) throws(Diagnostic) {
    let file = try MappedFile(path: path)
    let header: SafeTensorsHeader
    do throws(Diagnostic) {
      header = try SafeTensorsHeader(fileLength: file.count) { file.copy($0) }
    } catch {
      throw Diagnostic(
        "'\(path)' is not a valid safetensors file: \(error.message)", notes: error.notes)
    }
    self.path = path
    self.file = file
    entries = header.entries
    metadata = header.metadata
  }

  /// The tensors' names, sorted.
  package var names: [String] { entries.keys.sorted() }

  /// The shape of a tensor, `nil` where there is no such tensor.
  package func shape(of name: String) -> [Int]? { entries[name]?.shape }

  /// The element type of a tensor, `nil` where there is no such tensor.
  package func type(of name: String) -> ElementType? { entries[name]?.type }

  /// A tensor's bytes as they stand in the file, `nil` where there is no such tensor.
  package func bytes(of name: String) -> [UInt8]? { entries[name].map { file.copy($0.range) } }

  /// A tensor over the mapped file; what is written into it does not reach the file.
  package func tensor(_ name: String) throws(Diagnostic) -> Tensor {
    guard let entry = entries[name] else {
      let near = nearestName(to: name, in: names).map { Note("there is a tensor '\($0)'") }
      throw Diagnostic("'\(path)' has no tensor '\(name)'", notes: near.map { [$0] } ?? [])
    }
    if entry.type == .bool {
      // A byte other than 0 and 1 is no boolean.
      let bytes = try Tensor(bytes: file.copy(entry.range), shape: entry.shape, type: .uint8)
      return try bytes.differs(from: 0)
    }
    guard entry.range.lowerBound % entry.type.size == 0 else {
      return try Tensor(bytes: file.copy(entry.range), shape: entry.shape, type: entry.type)
    }
    let memory = unsafe UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
    return try unsafe Tensor(viewing: memory, shape: entry.shape, type: entry.type, owner: file)
  }

  /// All tensors by name.
  package func tensors() throws(Diagnostic) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for name in names { tensors[name] = try tensor(name) }
    return tensors
  }
}

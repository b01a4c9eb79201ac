internal import Artifacts
internal import Diagnostics
internal import Options
internal import Tensor

/// Tensors in files of the safetensors format.
package enum SafeTensorsFiles: ArrayFiles {
  package static let key = "safetensors"
  package static let summary =
    "Files of the safetensors format, whose tensors are the columns of rows."
  static let grouping = ArrayGrouping.archives
  static let endings = ".safetensors"

  static func isOwn(_ name: String) -> Bool { name.hasSuffix(".safetensors") }

  package static func recognizes(_ start: FileStart) -> Bool {
    start.name.hasSuffix(".safetensors")
  }

  package static let noun = "a file of safetensors"

  /// A longer header describes more tensors than rows are made of.
  private static let longestHeader = 1 << 24

  static func arrays(in file: SourceFile) throws(Diagnostic) -> FoundArrays {
    try file.requirePlainFile()
    do throws(Diagnostic) {
      return try members(of: file)
    } catch {
      throw ArrayHeaderReader.naming("'\(file.name)'", error)
    }
  }

  private static func members(of file: SourceFile) throws(Diagnostic) -> FoundArrays {
    let open = try OpenFile(reading: file.path, named: file.name)
    let size = try FileStatus(of: file.path, following: true)?.size ?? 0
    guard
      let length = LittleEndian(bytes: try open.read(from: 0, upTo: 8)).number(at: 0, bytes: 8),
      length <= longestHeader, length <= size - 8
    else { throw Diagnostic("the length of its header does not fit the file") }
    let start = 8 + length
    var parser = SafeTensorsParser(try open.read(from: 8, upTo: start))
    var found = FoundArrays()
    var end = 0
    let tensors = try parser.parse().tensors.sorted {
      ($0.value.first, $0.key) < ($1.value.first, $1.key)
    }
    for (name, tensor) in tensors {
      guard tensor.first == end, tensor.end >= tensor.first, tensor.end <= size - start else {
        throw Diagnostic(
          "its tensor '\(name)' claims the bytes \(tensor.first)..<\(tensor.end), which overlap, leave a "
            + "gap or are not there")
      }
      end = tensor.end
      do throws(Diagnostic) {
        let layout = try ArrayLayout(element(tensor.type), shape: tensor.shape)
        try ArrayHeaderReader.requireSize(layout, tensor.end - tensor.first)
        found.arrays.append(
          StoredArray(
            name: name, file: file, isMember: true, storage: .plain(start + tensor.first),
            layout: layout))
      } catch {
        found.unread.append(
          UnreadArray(
            name: name,
            problem: ArrayHeaderReader.naming("'\(name)' in '\(file.name)'", error)))
      }
    }
    guard end == size - start else {
      throw Diagnostic("\(size - start - end) bytes at its end belong to no tensor")
    }
    // Names sort as people list them; the file sorts by the size of elements.
    found.arrays.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return found
  }

  private static func element(_ type: String) throws(Diagnostic) -> ArrayElement {
    let sizes = ["8": 1, "16": 2, "32": 4, "64": 8]
    let kinds: [Character: ArrayElement.Kind] = ["U": .unsigned, "I": .signed, "F": .float]
    if type == "BOOL" { return ArrayElement(kind: .bool, size: 1) }
    if type == "BF16" { return ArrayElement(kind: .brainFloat, size: 2) }
    guard let kind = type.first.flatMap({ kinds[$0] }), let size = sizes[String(type.dropFirst())],
      kind != .float || size > 1
    else {
      throw Diagnostic(
        "its elements are of the type \(type), which is not read",
        remedy: "save them as numbers of a usual type, such as `x.to(torch.float32)`")
    }
    return ArrayElement(kind: kind, size: size)
  }
}
